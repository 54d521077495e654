#include "io/report/trials.hpp"

#include <cmath>
#include <fstream>
#include <map>

#include <nlohmann/json.hpp>

namespace grekko::report {
namespace {

constexpr std::size_t compared_max = 200; // newest trials whose days are compared in pairs
constexpr std::size_t days_min = 30;

struct Trial {
    std::string tape, family, run; // run: configuration and seed
    std::vector<double> daily;
};

std::string run_key(const ports::ReportHeader& header) {
    if (!header.run_hash.empty()) return header.run_hash;
    return header.config_hash + " " + std::to_string(header.seed);
}

struct Moments {
    double mean{0}, deviation{0};
};
Moments moments(const std::vector<double>& values) {
    Moments found;
    for (const double value : values)
        found.mean += value;
    found.mean /= static_cast<double>(values.size());
    double squares = 0.0;
    for (const double value : values)
        squares += (value - found.mean) * (value - found.mean);
    found.deviation = std::sqrt(squares / static_cast<double>(values.size() - 1));
    return found;
}

double correlation(const Trial& a, const Trial& b) {
    const Moments of_a = moments(a.daily);
    const Moments of_b = moments(b.daily);
    double together = 0.0;
    for (std::size_t i = 0; i < a.daily.size(); ++i) {
        together += (a.daily[i] - of_a.mean) * (b.daily[i] - of_b.mean);
    }
    const double spread = of_a.deviation * of_b.deviation;
    return spread > 0.0 ? together / spread / static_cast<double>(a.daily.size() - 1) : 0.0;
}

double mean_correlation(const std::vector<const Trial*>& trials) {
    double sum = 0.0;
    double pairs = 0.0;
    for (std::size_t i = 0; i < trials.size(); ++i) {
        for (std::size_t j = i + 1; j < trials.size(); ++j) {
            if (trials[i]->daily.size() != trials[j]->daily.size()) continue;
            sum += correlation(*trials[i], *trials[j]);
            pairs += 1.0;
        }
    }
    return pairs > 0.0 ? sum / pairs : 0.0;
}

Result<Trial> parse(const std::string& line, const std::filesystem::path& log, int number) {
    try {
        const auto document = nlohmann::json::parse(line);
        return Trial{document.at("tape"), document.at("family"), document.at("run"),
                     document.at("daily").get<std::vector<double>>()};
    } catch (const nlohmann::json::exception&) {
        return make_error(ErrorCode::corrupt, log.string() + ":" + std::to_string(number) +
                                                  ": not a trial; remove the line");
    }
}

} // namespace

std::string tape_key(const ports::ReportHeader& header) {
    std::string key;
    for (const std::string& tape : header.tape_hashes)
        key += (key.empty() ? "" : " ") + tape;
    return key;
}

Result<void> count_trials(const std::filesystem::path& log, ports::ReportHeader& header) {
    header.trials = 1;
    header.trial_sharpes.clear();
    header.trial_correlation = 0.0;
    std::ifstream in{log};
    std::map<std::string, Trial> others; // by run: the newest
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        if (line.empty()) continue;
        TRY(trial, parse(line, log, number));
        const bool same = trial.tape == tape_key(header) && trial.family == header.agent_family;
        if (same && trial.run != run_key(header)) others[trial.run] = std::move(trial);
    }
    header.trials += others.size();
    std::vector<const Trial*> long_enough;
    for (const auto& [run, trial] : others) {
        if (trial.daily.size() < days_min) continue;
        const Moments found = moments(trial.daily);
        if (found.deviation <= 0.0) continue;
        header.trial_sharpes.push_back(found.mean / found.deviation);
        if (long_enough.size() < compared_max) long_enough.push_back(&trial);
    }
    header.trial_correlation = mean_correlation(long_enough);
    return {};
}

Result<void> log_trial(const std::filesystem::path& log, const ports::Report& report) {
    const nlohmann::json document{{"tape", tape_key(report.header)},
                                  {"family", report.header.agent_family},
                                  {"run", run_key(report.header)},
                                  {"daily", report.daily}};
    std::ofstream out{log, std::ios::app | std::ios::binary};
    const auto replace = nlohmann::json::error_handler_t::replace;
    out << document.dump(-1, ' ', false, replace) << "\n";
    out.close();
    if (out) return {};
    return make_error(ErrorCode::io_error,
                      "cannot append to " + log.string() + "; check its permissions");
}

} // namespace grekko::report
