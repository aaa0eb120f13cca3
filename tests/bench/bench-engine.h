/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dk-catalogue.h"
#include "dk-rulebook.h"

/* Prints what the engine's own parts take, on the packs and samples that come with Dengke. */
void bench_engine (void);
/* Prints what all programmes of one enterprise with many rows take: results, ways out, questions, JSON. */
void bench_programmes (const DkCatalogue *catalogue, DkRulebook *book);
/* The same alone: loads the catalogue and all packs first. */
void bench_programmes_alone (void);
