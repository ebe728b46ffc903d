#compdef socat jsocat filan procan
# Completion of socat, jsocat, filan and procan in zsh, made by: jsocat completion zsh
{{tables}}
_jsocat_options() {
    local group
    for group in $(_jsocat_groups $1); do
        group=_jsocat_group_$group
        print -r -- ${(P)group}
    done
}

_jsocat_address() {
    local -a names
    local keyword
    compset -P '*[|%]'
    compset -P '*!!'
    compset -P '\^'
    if [[ $PREFIX == *,* ]]; then
        keyword=${(U)${PREFIX%%[,:]*}}
        compset -P '*,'
        if [[ $PREFIX == *=* ]]; then
            compset -P '*='
            _files
        else
            names=(${=$(_jsocat_options $keyword)})
            compadd -S '' -a names
        fi
    elif [[ $PREFIX == *:* ]]; then
        compset -P '*:'
        _files
    elif [[ $PREFIX == */* ]]; then
        _files
    else
        names=(${=_jsocat_addresses})
        compadd -S '' -M 'm:{a-z}={A-Z}' -a names
    fi
}

_jsocat() {
    local -a names
    local switches
    case $service in
        socat)
            if [[ $PREFIX == -?* ]]; then
                names=(${=_jsocat_switches_socat})
                compadd -a names
            else
                _jsocat_address
            fi
            ;;
        jsocat)
            if ((CURRENT == 2)); then
                names=(${=_jsocat_switches_jsocat} ${=$(_jsocat_subcommands)})
                compadd -a names
            elif [[ $words[2] == options && $CURRENT == 3 ]]; then
                names=(${=_jsocat_addresses})
                compadd -M 'm:{a-z}={A-Z}' -a names
            else
                names=(${=$(_jsocat_subcommands $words[2])})
                compadd -a names
                _files
            fi
            ;;
        *)
            switches=_jsocat_switches_$service
            names=(${=${(P)switches}})
            compadd -a names
            _files
            ;;
    esac
}

compdef _jsocat socat jsocat filan procan
[[ $funcstack[1] == _socat ]] && _jsocat "$@"
