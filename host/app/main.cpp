// grekko: one binary, one command a file in commands/.
#include <iostream>
#include <string>
#include <vector>

#include "app/commands/commands.hpp"
#include "app/program.hpp"

int main(int count, char** arguments) {
    grekko::app::Program program;
    grekko::app::add_commands(program);
    return program.run({arguments + 1, arguments + count}, std::cout, std::cerr);
}
