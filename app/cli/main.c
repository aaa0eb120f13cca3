/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-cli"

#include "dk-cli.h"

int
main (int    argc,
      char **argv)
{
  return dk_cli_main (argc, argv);
}
