# Completion of socat, jsocat, filan and procan in fish, made by: jsocat completion fish
{{tables}}
function __jsocat_options
    for group in (string split -n ' ' -- (__jsocat_groups $argv[1]))
        set -l name __jsocat_group_$group
        string split -n ' ' -- $$name
    end
end

function __jsocat_address
    set -l token (commandline -ct | string replace -r '^[\'"]' '')
    set -l element (string replace -r '^.*([|%]|!!)' '' -- $token | string replace -r '^\^' '')
    set -l before (string sub -l (math (string length -- "$token") - (string length -- "$element")) -- "$token")
    if string match -q -- '*,*' "$element"
        set -l last (string replace -r '^.*,' '' -- $element)
        set -l head (string sub -l (math (string length -- "$element") - (string length -- "$last")) -- $element)
        if not string match -q -- '*=*' "$last"
            set -l keyword (string replace -r '[,:].*$' '' -- $element | string upper)
            printf '%s\n' $before$head(__jsocat_options $keyword)
        end
    else if not string match -q -r '[:/]' -- "$element"
        if string match -q -r '^[a-z]' -- "$element"
            printf '%s\n' $before(string split -n ' ' -- (string lower -- $__jsocat_addresses))
        else
            printf '%s\n' $before(string split -n ' ' -- $__jsocat_addresses)
        end
    end
end

complete -c socat -a '(__jsocat_address)'
for command in socat filan procan jsocat
    set -l switches __jsocat_switches_$command
    for switch in (string split -n ' ' -- $$switches)
        switch $switch
            case '--*'
                complete -c $command -l (string sub -s 3 -- $switch)
            case '-?'
                complete -c $command -s (string sub -s 2 -- $switch)
            case '*'
                complete -c $command -o (string sub -s 2 -- $switch)
        end
    end
end
complete -c jsocat -n __fish_use_subcommand -f -a '(string split -n " " -- (__jsocat_subcommands))'
complete -c jsocat -n '__fish_seen_subcommand_from options' -f -a '(string split -n " " -- $__jsocat_addresses)'
