
if [ -n "$BASH_VERSION" ]; then

# Completes as above, and with the names that the running daemon knows.
#
# Words are taken from the line itself: bash would divide a listener such as :443 at its colon.
function _gatehouse_live() {
  _complete_gatehouse "$@"
  local line="${COMP_LINE:0:COMP_POINT}"
  local -a words=() plain=() socket=() names=()
  local IFS=$' \t\n'
  read -ra words <<<"$line"
  local current=""
  if [[ "$line" != *[[:space:]] ]]; then
    current="${words[${#words[@]}-1]}"
    unset "words[${#words[@]}-1]"
  fi
  [[ "$current" == -* ]] && return

  local word option=""
  for word in "${words[@]:1}"; do
    if [[ -n "$option" ]]; then
      [[ "$option" == --socket ]] && socket=(--socket "$word")
      option=""
      continue
    fi
    case "$word" in
      --socket=*) socket=("$word") ;;
      @OPTIONS_WITH_VALUES@) option="$word" ;;
      -*) ;;
      *) plain+=("$word") ;;
    esac
  done
  [[ -n "$option" ]] && return

  local kinds="" types=""
  case "${plain[*]:0:2} $((${#plain[@]} - 2))" in
    "routes list 0" | "listeners limit 0") kinds="listeners" ;;
    "routes add 0" | "routes remove 0" | "policies "*" 0") kinds="listeners hostnames" ;;
    "routes add 1" | "routes remove 1" | "policies list 1") kinds="hostnames" ;;
    "policies "*" 1") kinds="hostnames" types="block_user_agent require_header" ;;
    "policies "*" 2") types="block_user_agent require_header" ;;
    "relay server 0" | "relay kick 0") kinds="servers" ;;
    "relay bans 1") [[ "${plain[2]}" == remove ]] && kinds="bans" ;;
    "tracker forget "* | "tracker swarm 0" | "tracker remove 0") kinds="torrents" ;;
    *) return ;;
  esac
  names=($types)
  if [[ -n "$kinds" ]]; then
    while IFS= read -r word; do
      names+=("$word")
    done < <("${words[0]}" complete ${socket[@]+"${socket[@]}"} $kinds 2>/dev/null)
  fi

  local before="${current%"${current##*:}"}"
  [[ "$COMP_WORDBREAKS" == *:* ]] || before=""
  for word in ${names[@]+"${names[@]}"}; do
    [[ "$word" == "$current"* ]] && COMPREPLY+=("${word#"$before"}")
  done
}

complete -F _gatehouse_live -o default gatehouse
fi
