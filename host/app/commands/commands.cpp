#include "app/commands/commands.hpp"

#include "app/program.hpp"

namespace grekko::app {

void add_commands(Program& program) {
    add_backtest(program.root());
    add_config(program.root());
    add_data(program.root());
    add_version(program.root());
}

} // namespace grekko::app
