#include "app/report/header.hpp"

#include <algorithm>

#include "app/version.hpp"
#include "core/risk/check.hpp"
#include "runtime/driver.hpp"

namespace grekko::app {
namespace {

std::string percent(Rate rate) {
    const Decimal hundredths = multiply(rate.decimal(), 100_d, Rounding::half_even);
    return hundredths.to_string() + " %";
}

std::string fill_text(const HeaderFacts& facts, const Universe& universe) {
    if (!facts.bars) return facts.synthetic ? "order book (generated)" : "order book";
    std::string out;
    for (const Instrument& instrument : universe.instruments) {
        if (instrument.id.is_none()) continue;
        const std::string bars = to_string(instrument.finest_bar) + " bars";
        if (out.find(bars) == std::string::npos) out += (out.empty() ? "" : ", ") + bars;
    }
    return out;
}

std::vector<std::string> names_of(risk::CheckSet checks) {
    std::vector<std::string> out;
    for (int number = 1; number <= risk::check_count; ++number) {
        const auto check = static_cast<risk::Check>(number);
        if ((checks & risk::bit(check)) != 0)
            out.push_back(std::to_string(number) + " " + std::string{risk::name(check)});
    }
    return out;
}

bool has_perpetual(const Universe& universe) {
    return std::ranges::any_of(universe.instruments, [](const Instrument& instrument) {
        return !instrument.id.is_none() && instrument.kind == InstrumentKind::perpetual;
    });
}

std::string joined(const std::vector<std::string>& lines) {
    std::string out;
    for (const std::string& line : lines)
        out += line + "\n";
    return out;
}

} // namespace

std::string tape_text(const Universe& universe, const std::string& hash) {
    std::string out;
    for (const Instrument& instrument : universe.instruments) {
        if (!instrument.id.is_none()) out += (out.empty() ? "" : ", ") + instrument.symbol.string();
    }
    return out + " sha256:" + hash;
}

std::string fees_text(const config::Config& config, const Universe& universe) {
    std::string out;
    bool any = false;
    for (const VenueSpec& venue : universe.venues) {
        if (venue.id.is_none()) continue;
        std::vector<std::pair<Rate, Rate>> said;
        std::string of_venue;
        for (const Listing& listing : universe.listings) {
            const std::pair fees{listing.maker_fee, listing.taker_fee};
            if (listing.venue != venue.id || std::ranges::find(said, fees) != said.end()) continue;
            said.push_back(fees);
            any = any || !fees.first.is_zero() || !fees.second.is_zero();
            of_venue += (of_venue.empty() ? "" : " or ") + percent(fees.first) + " maker, " +
                        percent(fees.second) + " taker";
        }
        const std::string key = "venues[" + venue.name.string() + "].fee_tier";
        const std::string tier = config.has(key) ? config.text(key) : "as configured";
        out += (out.empty() ? "" : "; ") + venue.name.string() + " " + of_venue + " (" + tier + ")";
    }
    return any ? out : "none: a show, not a result";
}

std::string latency_text(const config::Config& config, const Universe& universe) {
    std::string out;
    for (const VenueSpec& venue : universe.venues) {
        if (venue.id.is_none()) continue;
        const std::string key = "venues[" + venue.name.string() + "].latency_p99";
        const Duration p99 = config.has(key) ? config.duration(key) : venue.latency * 5;
        const std::string said = "log-normal, median " + to_string(venue.latency) +
                                 ", 99 % below " + to_string(std::max(venue.latency, p99)) +
                                 ", each way";
        if (out.find(said) == std::string::npos) out += (out.empty() ? "" : "; ") + said;
    }
    return out + "; decision " + to_string(runtime::DriverOptions{}.inline_decision);
}

HeaderFacts facts_of(const BacktestParts& parts, const BacktestOptions& options) {
    HeaderFacts out;
    out.title = "Backtest of " + parts.source.description;
    out.tapes = {tape_text(parts.source.universe, parts.source.hash)};
    out.bars = parts.source.bars;
    out.synthetic = parts.source.synthetic;
    out.queue = parts.queue;
    out.seed = parts.request.seed;
    out.config_hash = parts.request.config_hash;
    out.disabled = parts.request.settings.risk.disabled;
    out.options = options.from + "\n" + options.to + "\n" + parts.fees + "\n" + parts.profile +
                  "\n" + (options.consensus_off ? "no consensus" : "");
    return out;
}

ports::ReportHeader make_header(const config::Config& config, const Universe& universe,
                                const HeaderFacts& facts, const ReportFeed& feed) {
    ports::ReportHeader header;
    header.kind = facts.kind;
    header.origin = facts.synthetic ? ports::DataOrigin::synthetic : ports::DataOrigin::real;
    header.without_funding = has_perpetual(universe) && !feed.saw_funding();
    header.title = facts.title;
    header.agent_family = feed.family();
    header.version = version();
    header.tape_hashes = facts.tapes;
    header.warm_up = feed.first_at().is_none() ? Duration{} : feed.traded_from() - feed.first_at();
    header.gaps = feed.gaps();
    header.fill_interval = fill_text(facts, universe);
    header.queue_model = facts.bars ? "none (bars)" : facts.queue;
    header.latency_model = latency_text(config, universe);
    header.fees = fees_text(config, universe);
    header.seed = facts.seed;
    header.config_hash = facts.config_hash;
    header.run_hash = config::sha256(facts.config_hash + "\n" + std::to_string(facts.seed) + "\n" +
                                     facts.options + "\n" + joined(feed.code()));
    header.look_ahead = "not run";
    header.disabled_checks = names_of(facts.disabled);
    return header;
}

} // namespace grekko::app
