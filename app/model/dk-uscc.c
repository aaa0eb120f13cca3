/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-uscc"

#include "dk-catalogue.h"

#include <string.h>

#define USCC_LENGTH 18

/* The standard's alphabet in the order of its values. I, O, S, V and Z look like other characters and are left out. */
static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/**
 * dk_uscc_check:
 * @code: a unified social credit code
 * @message: (out) (optional): what is wrong with it, static and untranslated
 *
 * Judges form and check character by GB 32100-2015: the characters' values, weighted with the powers of 3 modulo 31,
 * add up with the check character's to a multiple of 31.
 *
 * Returns: whether the code is right
 */
gboolean
dk_uscc_check (const char  *code,
               const char **message)
{
  const char *unused;
  int sum = 0, weight = 1, check;

  g_return_val_if_fail (code != NULL, FALSE);

  if (message == NULL)
    message = &unused;
  if (strlen (code) != USCC_LENGTH)
    {
      *message = "18 characters are wanted";
      return FALSE;
    }
  for (int i = 0; i < USCC_LENGTH; i++)
    if (strchr (alphabet, code[i]) == NULL)
      {
        *message = "only digits and capital letters without I, O, S, V and Z are allowed";
        return FALSE;
      }
  for (int i = 0; i < USCC_LENGTH - 1; i++)
    {
      sum += (int) (strchr (alphabet, code[i]) - alphabet) * weight;
      weight = weight * 3 % 31;
    }
  check = (31 - sum % 31) % 31;
  if (code[USCC_LENGTH - 1] != alphabet[check])
    {
      *message = "the last character, a check character, does not fit the others: one of them is mistyped";
      return FALSE;
    }
  return TRUE;
}
