#include "app/program.hpp"

#include <algorithm>
#include <exception>
#include <ostream>
#include <sstream>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/exit_code.hpp"
#include "app/help.hpp"
#include "io/config/suggest.hpp"

namespace grekko::app {
namespace {

std::string cut_lines(std::string text) {
    std::ranges::replace(text, '\n', ' ');
    while (!text.empty() && text.back() == ' ')
        text.pop_back();
    return text;
}

// What stands below the options: further words, then an example.
std::string footer_of(const CommandWords& words) {
    std::string out = words.more;
    if (!words.example.empty()) out += (out.empty() ? "" : "\n") + ("Example: " + words.example);
    return out;
}

// The default, where a sentence does not tell it already.
std::string with_default(const std::string& doc, const std::string& value) {
    const bool told = value.empty() || doc.find("efault") != std::string::npos;
    return told ? doc : doc + " (default: " + value + ")";
}

} // namespace

void Program::describe(const CLI::App& app, const std::string& prefix,
                       std::vector<CommandInfo>& out) const {
    for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; })) {
        CommandInfo info{prefix + sub->get_name(), sub->get_description(), {}, {}};
        if (const auto words = words_.find(sub); words != words_.end()) info.words = words->second;
        for (const CLI::Option* option : sub->get_options()) {
            std::string name = option->get_name(option->get_positional(), true);
            if (!option->get_positional() && option->get_items_expected_max() > 0) {
                name += " " + option->get_type_name();
            }
            info.options.emplace_back(std::move(name), option->get_description());
        }
        out.push_back(std::move(info));
        describe(*sub, prefix + sub->get_name() + " ", out);
    }
}

Program::Program() : app_{std::make_unique<CLI::App>()} {
    app_->name("grekko");
    app_->description(
        "Grekko hosts trading agents: they propose, vote and trade within hard limits.\n"
        "Start with `grekko run`: three agents on a synthetic market, no account needed.");
    app_->require_subcommand(0, 1);
    app_->fallthrough();
    app_->set_help_flag("-h,--help", "Show this help");
    app_->add_option("-c,--config", globals_.config_file,
                     "Configuration file (default: grekko.toml where there is one)")
        ->type_name("FILE");
    app_->add_option("--set", globals_.set, "Override one setting: --set risk.heat_max=0.03")
        ->type_name("PATH=VALUE")
        ->allow_extra_args(false);
    app_->add_option("--log-level", globals_.log_level,
                     "trace, debug, info, warning, error or off (default: logging.level)")
        ->type_name("WORD");
    app_->add_option("-o,--output", output_, "human or json (default: human)")
        ->type_name("WORD")
        ->check(CLI::IsMember({"human", "json"}).description(""));
    app_->footer("These options may stand behind any command. `grekko COMMAND --help` explains "
                 "a command, `grekko man | man -l -` shows the manual.");
}

Program::~Program() = default;

CommandLine Program::root() {
    return {*this, *app_};
}

std::vector<CommandInfo> Program::commands() const {
    std::vector<CommandInfo> out;
    describe(*app_, "", out);
    return out;
}

// The word where the command line leaves what is known.
std::string Program::unknown_command(const std::vector<std::string>& arguments,
                                     std::string& hint) const {
    const CLI::App* at = app_.get();
    for (const std::string& word : arguments) {
        if (word.starts_with("-")) continue;
        std::vector<std::string> known;
        const CLI::App* next = nullptr;
        for (const CLI::App* sub : at->get_subcommands([](const CLI::App*) { return true; })) {
            known.push_back(sub->get_name());
            if (sub->get_name() == word) next = sub;
        }
        if (known.empty()) return {};
        if (next == nullptr) {
            hint = config::did_you_mean(word, known);
            return "there is no command \"" + word + "\"";
        }
        at = next;
    }
    return {};
}

int Program::usage_error(const std::vector<std::string>& arguments, const std::string& message,
                         std::ostream& err) const {
    std::string hint;
    std::string sentence = unknown_command(arguments, hint);
    if (sentence.empty()) sentence = cut_lines(message);
    for (const std::string& word : arguments) {
        if (!word.starts_with("--") || sentence.find(word) == std::string::npos) continue;
        std::vector<std::string> known;
        for (const CommandInfo& command : commands())
            for (const auto& [name, doc] : command.options)
                known.push_back(
                    name.substr(name.rfind("--") == std::string::npos ? 0 : name.rfind("--"),
                                name.find(' ') == std::string::npos
                                    ? std::string::npos
                                    : name.find(' ') - std::min(name.find(' '), name.rfind("--"))));
        hint = config::did_you_mean(word, known);
        break;
    }
    const Output output = output_ == "json" ? Output::json : Output::human;
    const Error error =
        make_error(ErrorCode::invalid_argument, sentence + "; see grekko --help" + hint);
    return report_error(error, output, err);
}

int Program::run(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err) {
    try {
        std::vector<std::string> reversed{arguments.rbegin(), arguments.rend()};
        app_->parse(std::move(reversed));
    } catch (const CLI::Success& asked) {
        std::ostringstream help;
        const int code = app_->exit(asked, help, err);
        out << fold_help(help.str());
        return code;
    } catch (const CLI::ParseError& error) {
        return usage_error(arguments, error.what(), err);
    }
    globals_.output = output_ == "json" ? Output::json : Output::human;
    if (!chosen_) {
        const CLI::App* at = app_.get();
        while (!at->get_subcommands().empty())
            at = at->get_subcommands().front();
        out << fold_help(at->help());
        return at == app_.get() ? exit_done : exit_code(ErrorCode::invalid_argument);
    }
    try {
        const Result<void> done = chosen_(globals_);
        return done ? exit_done : report_error(done.error(), globals_.output, err);
    } catch (const std::exception& error) {
        err << "grekko: internal error: " << error.what() << "\n";
        return exit_internal;
    }
}

int report_error(const Error& error, Output output, std::ostream& err) {
    if (output == Output::json) {
        nlohmann::ordered_json object;
        object["error"] = {{"code", name(error.code)},
                           {"exit", exit_code(error.code)},
                           {"message", error.message}};
        err << object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
    } else {
        err << "grekko: error: " << error.message << "\n";
    }
    return exit_code(error.code);
}

CommandLine CommandLine::sub(const std::string& name, const std::string& doc) {
    CLI::App* sub = app_->add_subcommand(name, doc);
    sub->require_subcommand(0, 1);
    sub->set_help_flag("-h,--help", "Show this help");
    return {*program_, *sub};
}

CommandLine& CommandLine::more_help(const std::string& text) {
    program_->words_[app_].more = text;
    app_->footer(footer_of(program_->words_[app_]));
    return *this;
}

CommandLine& CommandLine::example(const std::string& words) {
    program_->words_[app_].example = words;
    app_->footer(footer_of(program_->words_[app_]));
    return *this;
}

CommandLine& CommandLine::text(const std::string& names, std::string& to, const std::string& doc) {
    app_->add_option(names, to, with_default(doc, to))->type_name("TEXT");
    return *this;
}

CommandLine& CommandLine::texts(const std::string& names, std::vector<std::string>& to,
                                const std::string& doc) {
    app_->add_option(names, to, doc)->allow_extra_args(false);
    return *this;
}

CommandLine& CommandLine::whole(const std::string& names, std::int64_t& to,
                                const std::string& doc) {
    app_->add_option(names, to, with_default(doc, std::to_string(to)))->type_name("N");
    return *this;
}

CommandLine& CommandLine::flag(const std::string& names, bool& to, const std::string& doc) {
    app_->add_flag(names, to, doc);
    return *this;
}

CommandLine& CommandLine::choice(const std::string& names, std::string& to,
                                 const std::vector<std::string>& choices, const std::string& doc) {
    app_->add_option(names, to, with_default(words_or(choices) + ": " + doc, to))
        ->type_name("WORD")
        ->check(CLI::IsMember(choices).description(""));
    return *this;
}

CommandLine& CommandLine::place(const std::string& name, std::string& to, const std::string& doc) {
    app_->add_option(name, to, doc);
    return *this;
}

CommandLine& CommandLine::required_place(const std::string& name, std::string& to,
                                         const std::string& doc) {
    app_->add_option(name, to, doc)->required();
    return *this;
}

CommandLine& CommandLine::required_places(const std::string& name, std::vector<std::string>& to,
                                          const std::string& doc) {
    app_->add_option(name, to, doc)->required();
    return *this;
}

CommandLine& CommandLine::run(std::function<Result<void>(const Globals&)> body) {
    app_->final_callback([program = program_, body = std::move(body)] { program->chosen_ = body; });
    return *this;
}

void CommandLine::hold(std::unique_ptr<void, void (*)(void*)> memory) {
    program_->kept_.push_back(std::move(memory));
}

} // namespace grekko::app
