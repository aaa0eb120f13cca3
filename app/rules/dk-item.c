/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dk-item"

#include "dk-item-private.h"

static gboolean
has_value (const DkItem *item)
{
  return item->kind == DK_ITEM_VALUE || item->kind == DK_ITEM_SCORE || item->kind == DK_ITEM_TOTAL
         || item->kind == DK_ITEM_CHOICE;
}

DkType
dk_item_get_type (const DkItem *item)
{
  if (has_value (item))
    return (DkType) { item->kind_of_value, item->unit, item->choices, item->codes };
  return (DkType) { DK_KIND_TRUTH, DK_UNIT_PLAIN, NULL, NULL };
}

guint
dk_item_get_register (const DkItem *item)
{
  return has_value (item) ? item->value_reg : item->verdict_reg;
}

gboolean
dk_item_may_be_named (const DkItem *item,
                      const DkExpr *expr,
                      DkProblems   *problems)
{
  if (item->kind == DK_ITEM_WARNING)
    dk_problems_add (problems, dk_expr_get_place (expr), "%s is a warning; nothing rests on a warning", item->id);
  else if (item->kind == DK_ITEM_LIST)
    dk_problems_add (problems, dk_expr_get_place (expr), "%s is a list, which has neither a value nor a verdict; name one of its members", item->id);
  else
    return TRUE;
  return FALSE;
}
