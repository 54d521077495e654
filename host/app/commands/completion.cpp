// grekko completion and grekko man: made out of the command line itself, so they cannot differ.
#include <iostream>

#include "app/commands/commands.hpp"
#include "app/exit_code.hpp"
#include "app/program.hpp"
#include "app/version.hpp"

namespace grekko::app {
namespace {

// "--from" of "-f,--from TEXT".
std::vector<std::string> option_words(const CommandInfo& command) {
    std::vector<std::string> out;
    for (const auto& [name, doc] : command.options) {
        const std::string names = name.substr(0, name.find(' '));
        std::size_t begin = 0;
        while (begin <= names.size()) {
            const std::size_t comma = std::min(names.find(',', begin), names.size());
            const std::string word = names.substr(begin, comma - begin);
            if (word.starts_with("--")) out.push_back(word);
            begin = comma + 1;
        }
    }
    return out;
}

std::string children(const std::vector<CommandInfo>& commands, const std::string& of) {
    std::string out;
    for (const CommandInfo& command : commands) {
        const bool below = of.empty() ? command.name.find(' ') == std::string::npos
                                      : command.name.starts_with(of + " ");
        if (!below) continue;
        const std::string word = of.empty() ? command.name : command.name.substr(of.size() + 1);
        out += (out.empty() ? "" : " ") + word;
    }
    return out;
}

std::string words_after(const std::vector<CommandInfo>& commands, const CommandInfo& command) {
    std::string out = children(commands, command.name);
    for (const std::string& option : option_words(command))
        out += (out.empty() ? "" : " ") + option;
    return out;
}

std::string bash(const std::vector<CommandInfo>& commands) {
    std::string out = "# grekko completion bash > /etc/bash_completion.d/grekko\n"
                      "_grekko() {\n    local at=\"\" word\n"
                      "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
                      "        case \"$word\" in -*) ;; *) at=\"$at${at:+ }$word\" ;; esac\n"
                      "    done\n    local words=\"\"\n    case \"$at\" in\n";
    for (const CommandInfo& command : commands) {
        out += "        \"" + command.name + "\"*) words=\"" + words_after(commands, command) +
               "\" ;;\n";
    }
    out += "    esac\n    [ -z \"$at\" ] && words=\"" + children(commands, "") +
           " --config --set --log-level --output --help\"\n"
           "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\")\n"
           "    [ ${#COMPREPLY[@]} -eq 0 ] && "
           "mapfile -t COMPREPLY < <(compgen -f -- \"${COMP_WORDS[COMP_CWORD]}\")\n"
           "}\ncomplete -F _grekko grekko\n";
    return out;
}

std::string without_quotes(std::string text) {
    std::erase(text, '\'');
    return text;
}

std::string zsh(const std::vector<CommandInfo>& commands) {
    std::string out = "#compdef grekko\n# grekko completion zsh > ~/.zsh/completions/_grekko\n"
                      "_grekko() {\n    local -a words\n    case \"${words[2]}\" in\n    esac\n"
                      "    local line=\"${(j: :)${(@)${(@)words[2,CURRENT-1]}:#-*}}\"\n"
                      "    case \"$line\" in\n";
    for (auto it = commands.rbegin(); it != commands.rend(); ++it) {
        out += "        '" + it->name + "'*) compadd -- " + words_after(commands, *it) +
               "; _files ;;\n";
    }
    out += "        *) compadd -- " + children(commands, "") + " ;;\n    esac\n}\n_grekko\n";
    return out;
}

std::string fish(const std::vector<CommandInfo>& commands) {
    std::string out = "# grekko completion fish > ~/.config/fish/completions/grekko.fish\n";
    for (const CommandInfo& command : commands) {
        const std::size_t blank = command.name.rfind(' ');
        const std::string parent =
            blank == std::string::npos ? std::string{} : command.name.substr(0, blank);
        const std::string condition =
            parent.empty() ? "__fish_use_subcommand" : "__fish_seen_subcommand_from " + parent;
        out += "complete -c grekko -n '" + condition + "' -a " +
               command.name.substr(blank == std::string::npos ? 0 : blank + 1) + " -d '" +
               without_quotes(command.doc) + "'\n";
        const std::string last = command.name.substr(blank == std::string::npos ? 0 : blank + 1);
        for (const std::string& option : option_words(command)) {
            out += "complete -c grekko -n '__fish_seen_subcommand_from " + last + "' -l " +
                   option.substr(2) + "\n";
        }
    }
    return out;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\' || c == '-') out += '\\';
        out += c;
    }
    return out;
}

std::string manual(const std::vector<CommandInfo>& commands) {
    std::string out = ".TH GREKKO 1 \"\" \"grekko " + std::string{version()} +
                      "\" \"User Commands\"\n.SH NAME\ngrekko \\- a host for autonomous crypto "
                      "trading\n.SH SYNOPSIS\n.B grekko\n[OPTIONS] COMMAND\n.SH DESCRIPTION\n"
                      "Agents propose trades, vote on them, and trade within hard limits of risk. "
                      "Start with\n.BR \"grekko run\" :\nthree agents on a synthetic market, no "
                      "account needed.\n.SH COMMANDS\n";
    for (const CommandInfo& command : commands) {
        out += ".SS grekko " + command.name + "\n" + escaped(command.doc) + ".\n";
        for (const auto& [name, doc] : command.options) {
            if (name.find("--help") != std::string::npos) continue;
            out += ".TP\n.B " + escaped(name) + "\n" + escaped(doc) + "\n";
        }
        const auto& [more, example] = command.words;
        if (!more.empty()) out += ".PP\n" + escaped(more) + "\n";
        if (!example.empty()) out += ".PP\nExample:\n.B " + escaped(example) + "\n";
    }
    out += ".SH EXIT STATUS\n";
    for (const ExitCode& code : exit_codes()) {
        out += ".TP\n.B " + std::to_string(code.number) + "\n" + escaped(code.meaning) + "\n";
    }
    out += ".SH FILES\n.TP\n.I grekko.toml\nThe configuration.\n"
           ".TP\n.I data/BOOK/journal.db\nThe journal of a book.\n";
    return out;
}

} // namespace

void add_completion(CommandLine root, const Program& program) {
    CommandLine command = root.sub("completion", "Print a completion script for a shell");
    std::string& shell = command.keep<std::string>();
    shell = "bash";
    command.required_place("shell", shell, "bash, zsh or fish")
        .example("grekko completion bash > /etc/bash_completion.d/grekko")
        .run([&shell, &program](const Globals&) -> Result<void> {
            const std::vector<CommandInfo> commands = program.commands();
            if (shell == "bash")
                std::cout << bash(commands);
            else if (shell == "zsh")
                std::cout << zsh(commands);
            else if (shell == "fish")
                std::cout << fish(commands);
            else {
                return make_error(ErrorCode::invalid_argument,
                                  "\"" + shell + "\" is no shell known here: bash, zsh or fish");
            }
            return {};
        });
}

void add_man(CommandLine root, const Program& program) {
    CommandLine command = root.sub("man", "Print the manual page");
    command.example("grekko man | man -l -").run([&program](const Globals&) -> Result<void> {
        std::cout << manual(program.commands());
        return {};
    });
}

} // namespace grekko::app
