# Completion of socat, jsocat, filan and procan in bash, made by: jsocat completion bash
{{tables}}
_jsocat_options() {
    local group
    for group in $(_jsocat_groups "$1"); do
        group=_jsocat_group_$group
        printf '%s ' "${!group}"
    done
}

# Reads the word before the cursor without its quotes into "word"; the first "kept" characters of it stand before what readline
# takes as the word.
_jsocat_word() {
    local line=${COMP_LINE:0:COMP_POINT} quote= c i
    word= kept=0
    for ((i = 0; i < ${#line}; i++)); do
        c=${line:i:1}
        if [[ $quote ]]; then
            if [[ $c == "$quote" ]]; then
                quote= kept=${#word}
            else
                word+=$c
            fi
        elif [[ $c == [\'\"] ]]; then
            quote=$c kept=${#word}
        elif [[ $c == \\ ]]; then
            ((i++))
            word+=${line:i:1}
        elif [[ $c == [[:space:]] ]]; then
            word= kept=0
        else
            word+=$c
            [[ $COMP_WORDBREAKS == *"$c"* ]] && kept=${#word}
        fi
    done
}

# Offers candidates behind "$1", which is what stands before the part that they complete.
_jsocat_offer() {
    local candidate
    for candidate in $(compgen -W "$2" -- "$3"); do
        candidate=$1$candidate
        COMPREPLY+=("${candidate:kept}")
    done
}

_jsocat_files() {
    local file
    compopt -o filenames 2>/dev/null
    while IFS= read -r file; do
        file=$1$file
        COMPREPLY+=("${file:kept}")
    done < <(compgen -f -- "$2")
}

_jsocat_address() {
    local element=${word##*[|%]} before last names=$_jsocat_addresses
    element=${element##*!!}
    element=${element#^}
    before=${word:0:${#word}-${#element}}
    case $element in
        *,*)
            last=${element##*,}
            before+=${element%"$last"}
            case $last in
                *=*) _jsocat_files "$before${last%%=*}=" "${last#*=}" ;;
                *)
                    element=${element%%[,:]*}
                    _jsocat_offer "$before" "$(_jsocat_options "${element^^}")" "$last"
                    ;;
            esac
            ;;
        *:*) _jsocat_files "$before${element%%:*}:" "${element#*:}" ;;
        */*) _jsocat_files "$before" "$element" ;;
        *)
            [[ $element == [a-z]* ]] && names=${names,,}
            _jsocat_offer "$before" "$names" "$element"
            ;;
    esac
}

_jsocat_socat() {
    local word kept
    COMPREPLY=()
    _jsocat_word
    case $word in
        -?*) _jsocat_offer '' "$_jsocat_switches_socat" "$word" ;;
        *) _jsocat_address ;;
    esac
}

_jsocat_tool() {
    local word kept switches=_jsocat_switches_$1
    COMPREPLY=()
    _jsocat_word
    case $word in
        -*) _jsocat_offer '' "${!switches}" "$word" ;;
        *) _jsocat_files '' "$word" ;;
    esac
}

_jsocat_jsocat() {
    local word kept command=${COMP_WORDS[1]}
    COMPREPLY=()
    _jsocat_word
    if ((COMP_CWORD == 1)); then
        _jsocat_offer '' "$_jsocat_switches_jsocat $(_jsocat_subcommands)" "$word"
    elif [[ $command == options ]] && ((COMP_CWORD == 2)) && [[ $word != -* ]]; then
        _jsocat_offer '' "$_jsocat_addresses" "${word^^}"
    else
        _jsocat_offer '' "$(_jsocat_subcommands "$command")" "$word"
        [[ $word == -* ]] || _jsocat_files '' "$word"
    fi
}

complete -o nospace -F _jsocat_socat socat
complete -F _jsocat_tool filan procan
complete -F _jsocat_jsocat jsocat
