// Status: what a running book looks like now, as lines for a terminal or as JSON for the socket. It
// reads the engine, changes nothing, and is called between two records.
// `grekko run` draws it, the control socket answers with it.
#pragma once

#include <string>
#include <vector>

#include "app/feed.hpp"
#include "app/tally.hpp"
#include "core/engine/engine.hpp"

namespace grekko::app {

struct StatusView {
    const engine::Engine& engine;
    const Feed& feed;
    const Tally& tally;
    Instant now;
    std::string title; // "main · synthetic market, seed 1, 60 x, no fees"
};

// The screen, without colour: title, money, positions, rounds, fills, incidents.
std::vector<std::string> status_screen(const StatusView& view);
// One line, for logs and pipes.
std::string status_line(const StatusView& view);
// One JSON object on one line.
std::string status_json(const StatusView& view);

// Draws a screen over the one before it. Only for terminals.
class Redraw {
public:
    void draw(const std::vector<std::string>& lines);

private:
    std::size_t drawn_{0};
};

} // namespace grekko::app
