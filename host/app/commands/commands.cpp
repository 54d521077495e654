#include "app/commands/commands.hpp"

#include "app/program.hpp"

namespace grekko::app {

void add_commands(Program& program) {
    add_run(program.root());
    add_backtest(program.root());
    add_report(program.root());
    add_data(program.root());
    add_explain(program.root());
    add_journal(program.root());
    add_control(program.root());
    add_breaker(program.root());
    add_limit(program.root());
    add_test(program.root());
    add_check(program.root());
    add_sim(program.root());
    add_config(program.root());
    add_doctor(program.root());
    add_completion(program.root(), program);
    add_man(program.root(), program);
    add_version(program.root());
}

} // namespace grekko::app
