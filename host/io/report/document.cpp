#include "io/report/document.hpp"

#include <fmt/format.h>

#include "io/report/format.hpp"
#include "io/report/sections.hpp"

namespace grekko::report {
namespace {

using ports::Report;

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text.empty() ? "none" : text;
}

std::string or_unknown(const std::string& text) {
    return text.empty() ? "not stated" : text;
}

std::vector<std::string> warnings_of(const ports::ReportHeader& header) {
    std::vector<std::string> warnings;
    if (header.origin == ports::DataOrigin::synthetic) {
        warnings.emplace_back("Synthetic market: profit on it proves nothing.");
    }
    if (header.kind != ports::RunKind::live) {
        warnings.emplace_back("Paper results are not live results.");
    }
    if (header.without_funding) {
        warnings.emplace_back("Funding was left out: perpetuals held over a funding time are "
                              "shown too good or too bad.");
    }
    if (!header.disabled_checks.empty()) {
        warnings.push_back("Risk checks were switched off: " + joined(header.disabled_checks) +
                           ".");
    }
    return warnings;
}

Section run_section(const Report& report) {
    const ports::ReportHeader& header = report.header;
    const bool real = header.origin == ports::DataOrigin::real;
    Section section{"run", "Run", {}, {}};
    section.lines = {
        {"Agents", or_unknown(header.agent_family), ""},
        {"Span", minute(header.from) + " to " + minute(header.to) + " UTC", ""},
        {"Warm-up excluded", lasting(header.warm_up), ""},
        {"Gaps", count(header.gaps), header.gaps > 0 ? "intervals or records missing" : ""},
        {"Data", real ? "real" : "synthetic", ""},
        {"Fills on", or_unknown(header.fill_interval), ""},
        {"Queue model", or_unknown(header.queue_model), ""},
        {"Latency model", or_unknown(header.latency_model), ""},
        {"Fee tier", or_unknown(header.fees), ""},
        {"Seed", std::to_string(header.seed), ""},
        {"Configuration", or_unknown(header.config_hash), ""},
        {"Version", or_unknown(header.version), ""},
        {"Trials so far", count(header.trials), "on this tape with these agents"},
        {"Look-ahead tests", header.look_ahead.empty() ? "not run" : header.look_ahead, ""},
    };
    if (header.tape_hashes.empty()) section.lines.push_back({"Tape", "not stated", ""});
    for (const std::string& tape : header.tape_hashes) {
        section.lines.push_back({"Tape", tape, ""});
    }
    return section;
}

} // namespace

Document document(const Report& report) {
    Document document;
    document.title = report.header.title.empty() ? "Report" : report.header.title;
    document.warnings = warnings_of(report.header);
    document.sections = {
        run_section(report),      returns_section(report),   benchmarks_section(report),
        exposure_section(report), costs_section(report),     luck_section(report),
        trades_section(report),   consensus_section(report), risk_section(report)};
    if (report.rows_left_out > 0) {
        document.warnings.push_back(count(report.rows_left_out) +
                                    " fills are counted but left out of the tables.");
    }
    return document;
}

} // namespace grekko::report
