// The commands of `grekko`: a function a command, or a group that shares a file (control.cpp,
// completion.cpp). A new one is declared here and called in add_commands, in the order in which
// help lists them. They know one another not at all. main calls add_commands once; nobody else
// calls any.
#pragma once

#include "app/command_line.hpp"

namespace grekko::app {

class Program;

void add_commands(Program& program);

void add_backtest(CommandLine root);
void add_breaker(CommandLine root);
void add_check(CommandLine root);
void add_completion(CommandLine root, const Program& program);
void add_config(CommandLine root);
void add_control(CommandLine root); // halt, reduce, resume, flatten, agent, stop, status
void add_data(CommandLine root);
void add_doctor(CommandLine root);
void add_explain(CommandLine root);
void add_journal(CommandLine root);
void add_limit(CommandLine root);
void add_man(CommandLine root, const Program& program);
void add_report(CommandLine root);
void add_run(CommandLine root);
void add_sim(CommandLine root);
void add_test(CommandLine root);
void add_version(CommandLine root);

} // namespace grekko::app
