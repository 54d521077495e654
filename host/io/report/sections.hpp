// The sections of a document, one function each, in the order of trading rules §9.
// Private to this folder: document() puts them together.
// They hold words and numbers, no layout.
#pragma once

#include "io/report/document.hpp"

namespace grekko::report {

Section returns_section(const ports::Report& report);
Section benchmarks_section(const ports::Report& report);
Section exposure_section(const ports::Report& report);
Section costs_section(const ports::Report& report);
Section luck_section(const ports::Report& report);
Section trades_section(const ports::Report& report);
Section consensus_section(const ports::Report& report);
Section risk_section(const ports::Report& report);

} // namespace grekko::report
