// A script of a test as an agent with a host around it: writes it to a folder of its own, loads it
// and asks. It is not what users test with: that is agent_test.lua.
// For the tests of this folder.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "io/script/fake_host.hpp"
#include "support/temporary_folder.hpp"

namespace grekko::script {

class ScriptHost {
public:
    explicit ScriptHost(std::string_view script, Setup setup = {}) {
        folder_.write("tried/agent.lua", script);
        setup.folder = folder_ / "tried";
        setup.sink.log = [this](LogLevel, std::string_view line) {
            log += std::string(line) + "\n";
        };
        setup.sink.plot = [this](std::string_view name, Instant, double value) {
            plots[std::string(name)] = value;
        };
        setup.sink.metric = [this](std::string_view name, double value) {
            metrics[std::string(name)] = value;
        };
        auto created = FakeHost::create(std::move(setup));
        if (created) {
            host = std::move(*created);
        } else {
            error = created.error().message;
        }
    }

    FakeHost* operator->() { return host.get(); }
    bool loaded() const { return host != nullptr; }

    // Feeds one bar of BTC-USD with this close and volume 1.
    bool bar(double close, Duration interval = Duration::hours(1)) {
        const double open = last_ == 0 ? close : last_;
        last_ = close;
        const Bar one =
            fake_bar(host->instrument("BTC-USD"), host->view.at.floor(interval), interval,
                     {open, std::max(open, close) + 1, std::min(open, close) - 1, close, 1});
        return host->bars(std::span{&one, 1});
    }
    bool trade(double price = 60'000) {
        return host->trade("BTC-USD", Price{*Decimal::from_double(price)}, 0.5_quantity, Side::buy);
    }
    std::string fault() const {
        return host->fault ? host->fault->message.string() : std::string{};
    }

    std::unique_ptr<FakeHost> host;
    std::string error; // why it did not load
    std::string log;
    std::map<std::string, double> plots, metrics;

private:
    tests::TemporaryFolder folder_;
    double last_{0};
};

// An agent of BTC-USD whose on_trade is `body`.
inline std::string on_trade(std::string_view body) {
    return "local agent = grekko.agent { symbols = { 'BTC-USD' }, bars = { '1h' } }\n"
           "function agent:on_trade(trade)\n" +
           std::string(body) + "\nend\nreturn agent\n";
}

} // namespace grekko::script
