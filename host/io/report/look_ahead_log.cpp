#include "io/report/look_ahead_log.hpp"

#include <algorithm>
#include <fstream>

#include <nlohmann/json.hpp>

#include "io/report/trials.hpp"

namespace grekko::report {
namespace {

Result<LookAheadVerdict> parse(const std::string& line, const std::filesystem::path& log,
                               int number) {
    try {
        const auto document = nlohmann::json::parse(line);
        return LookAheadVerdict{document.at("tape"),
                                document.at("agents").get<std::vector<std::string>>(),
                                document.at("passed").get<bool>(), document.at("summary")};
    } catch (const nlohmann::json::exception&) {
        return make_error(ErrorCode::corrupt, log.string() + ":" + std::to_string(number) +
                                                  ": no look-ahead verdict; remove the line");
    }
}

// What is known of one agent: the verdict that counts, null: it was never tested as it is.
struct Known {
    std::string name;
    const LookAheadVerdict* verdict{nullptr};
    bool here{false}; // on the report's own tape
};

Known known_of(const std::vector<LookAheadVerdict>& verdicts, const std::string& tape,
               const std::string& agent) {
    Known out{agent.substr(0, agent.find(' '))};
    for (const LookAheadVerdict& verdict : verdicts) {
        if (std::ranges::find(verdict.agents, agent) == verdict.agents.end()) continue;
        const bool here = verdict.tape == tape;
        if (out.here && !here) continue;
        out.verdict = &verdict;
        out.here = here;
    }
    return out;
}

std::string say(const Known& known) {
    if (known.verdict == nullptr) return "not run";
    return known.verdict->summary + (known.here ? "" : ", on another tape");
}

} // namespace

Result<void> log_look_ahead(const std::filesystem::path& log, const LookAheadVerdict& verdict) {
    const nlohmann::json document{{"tape", verdict.tape},
                                  {"agents", verdict.agents},
                                  {"passed", verdict.passed},
                                  {"summary", verdict.summary}};
    std::ofstream out{log, std::ios::app | std::ios::binary};
    const auto replace = nlohmann::json::error_handler_t::replace;
    out << document.dump(-1, ' ', false, replace) << "\n";
    out.close();
    if (out) return {};
    return make_error(ErrorCode::io_error,
                      "cannot append to " + log.string() + "; check its permissions");
}

Result<std::string> look_ahead_line(const std::filesystem::path& log,
                                    const ports::ReportHeader& header,
                                    const std::vector<std::string>& agents) {
    std::vector<LookAheadVerdict> verdicts;
    std::ifstream in{log};
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        if (line.empty()) continue;
        TRY(verdict, parse(line, log, number));
        verdicts.push_back(std::move(verdict));
    }
    std::vector<std::pair<std::string, std::string>> said; // verdict, names
    for (const std::string& agent : agents) {
        const Known known = known_of(verdicts, tape_key(header), agent);
        const std::string text = say(known);
        const auto same =
            std::ranges::find(said, text, &std::pair<std::string, std::string>::first);
        if (same == said.end()) {
            said.emplace_back(text, known.name);
        } else {
            same->second += ", " + known.name;
        }
    }
    if (said.empty()) return std::string{"not run"};
    if (said.size() == 1) return said.front().first;
    std::string out;
    for (const auto& [text, names] : said)
        out += (out.empty() ? "" : "; ") + names + ": " + text;
    return out;
}

} // namespace grekko::report
