// The commands of `grekko`, one function a file of this folder. A new one is declared here and
// called in add_commands. None is called but by Program.
#pragma once

#include "app/command_line.hpp"

namespace grekko::app {

class Program;

// All of them, in the order in which help lists them.
void add_commands(Program& program);

void add_backtest(CommandLine root);
void add_config(CommandLine root);
void add_data(CommandLine root);
void add_version(CommandLine root);

} // namespace grekko::app
