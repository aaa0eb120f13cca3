/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dk-catalogue.h"
#include "dk-rulebook.h"

/* Prints what the engine's own parts take, on the packs and samples that come with Dengke. */
void bench_engine (void);
/* Prints what all programmes of one enterprise with many rows take: results, ways out, questions, JSON. */
void bench_programmes (const DkCatalogue *catalogue, DkRulebook *book, const char *only);
/* The same alone: loads the catalogue and all packs first. @only: one of the enterprises, or NULL for all. */
void bench_programmes_alone (const char *only);
/* Writes so many enterprises with many rows into a folder that is there. */
void bench_write_enterprises (const DkCatalogue *catalogue, const char *folder, guint n);
/* The same alone: loads the catalogue first. */
void bench_write_enterprises_alone (const char *folder, guint n);
