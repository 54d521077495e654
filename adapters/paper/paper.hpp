// The paper venue: a matching engine with money, rules, latency and fees behind the adapter table
// of <grekko/adapter.h>. It is not a market: it matches orders against the records that it is fed
// (bars, replayed books, the synthetic market). The composition root makes one per venue; how it
// fills and where it is wrong is written in README.md beside this file.
#pragma once

#include <grekko/adapter.h>

#include "paper/config.hpp"

namespace grekko::paper {

// [init] An adapter that owns its venue; the host calls destroy at the end. Throws
// std::invalid_argument where a listing has no tick or lot, is named twice, or a share is not in
// 0 … 1. Its first reports are CONNECTED and PRIVATE_RESTORED.
grekko_adapter make_paper(const Config& config);

} // namespace grekko::paper
