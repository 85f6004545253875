namespace Modular.Cli;

/// <summary><c>completion</c>: a completion script for a shell.</summary>
sealed class CompletionCommand(ProgramInfo program, ConsoleOutput output)
{
    internal const string Name = "completion";

    /// <summary>The option with which the scripts call the program, followed by the words.</summary>
    internal const string Words = "--words";

    /// <summary>The prefix of each suggestion, which separates it from other output of the program.</summary>
    internal const string Mark = "complete: ";

    readonly CommandParameter<string> _shell =
        new("shell", "The shell that reads the script.") { Choices = ["bash", "zsh", "fish", "pwsh"] };

    internal AppCommand Command => new(Name, "Writes a shell script that completes the program's commands and options.", Show)
    {
        Parameters = [_shell],
        Examples = ["completion bash > ~/.local/share/bash-completion/completions/" + program.Command,
            "completion zsh > ~/.zfunc/_" + program.Command,
            "completion fish > ~/.config/fish/completions/" + program.Command + ".fish", "completion pwsh >> $PROFILE"],
    };

    void Show(CommandCall call) => output.Writer.Write(Script(call.Get(_shell)));

    string Script(string shell) => Text(shell).Replace("NAME", program.Command, StringComparison.Ordinal)
        .Replace("FUNCTION", string.Concat(program.Command.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')), StringComparison.Ordinal);

    static string Text(string shell) => shell switch
    {
        "bash" => """
            # Completion of NAME for bash: source this file, or put it among bash's completions.
            _FUNCTION_complete() {
                local IFS=$'\n' words=() word
                # bash makes three words of --sort=rule.
                for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do [ "$word" = "=" ] || words+=("$word"); done
                [ "${COMP_WORDS[COMP_CWORD]}" = "=" ] && words+=("")
                COMPREPLY=($("${COMP_WORDS[0]}" completion --words "${words[@]}" 2>/dev/null | sed -n 's/^complete: //p'))
            }
            complete -o default -F _FUNCTION_complete NAME

            """,
        "zsh" => """
            #compdef NAME
            # Completion of NAME for zsh: put this file as _NAME into a folder of $fpath, or source it after compinit.
            _FUNCTION() {
                local -a found
                found=(${(f)"$("${words[1]}" completion --words "${(@)words[2,CURRENT]}" 2>/dev/null | sed -n 's/^complete: //p')"})
                compadd -- $found
            }
            if [ "$funcstack[1]" = "_FUNCTION" ]; then _FUNCTION; else compdef _FUNCTION NAME; fi

            """,
        "fish" => """
            # Completion of NAME for fish: put this file into ~/.config/fish/completions.
            function __FUNCTION_complete
                set -l words (commandline -opc)
                set -l program $words[1]
                set -e words[1]
                set -l current (commandline -ct)
                $program completion --words $words "$current" 2>/dev/null | sed -n 's/^complete: //p'
            end
            complete -c NAME -f -a '(__FUNCTION_complete)'

            """,
        _ => """
            # Completion of NAME for PowerShell: add this to $PROFILE.
            Register-ArgumentCompleter -Native -CommandName NAME -ScriptBlock {
                param($current, $line, $position)
                $words = @($line.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object { $_.ToString() })
                & $line.CommandElements[0].ToString() completion --words @words "$current" 2>$null | Where-Object { $_.StartsWith('complete: ') } | ForEach-Object { $_.Substring(10) } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }

            """,
    };
}
