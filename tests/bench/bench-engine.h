/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Prints what the engine's own parts take, on the packs and samples that come with Dengke. */
void bench_engine (void);
