# Runs the server and ends it when the service is gone, however that went.
# sh watchdog.sh <socket directory> <log of the start> <what to delete when the service is gone, or nothing> <server> <arguments…>
# stdout: the server's process id; it stays open until the last server process has ended.
# stdin: each line names a signal for the server; its end means that the service is gone.

# A terminal's Ctrl+C or a stop of the whole group is the service's affair: it stops the server in its own time.
trap '' HUP INT TERM
sockets=$1 log=$2 discard=$3
shift 3
exec 3<&0

"$@" </dev/null 3<&- 4>&1 >"$log" 2>&1 &
server=$!
echo "$server"

# Who runs the server may not be who made the directory: then it can at least be emptied of what the server wrote.
clear_up() {
    if [ -e "$sockets/abandoned" ]; then rm -rf -- "$sockets" ${discard:+"$discard/cluster" "$discard/log" "$discard"} 2>/dev/null; fi
}

(
    while read -r signal; do kill -s "$signal" "$server"; done
    : >"$sockets/abandoned"
    kill -s INT "$server"
    seconds=0
    while [ "$seconds" -lt 60 ] && kill -s 0 "$server"; do sleep 1; seconds=$((seconds + 1)); done
    if kill -s 0 "$server"; then kill -s QUIT "$server"; fi
    # Mostly the shell below has ended this one by now; it clears up here when that was killed.
    clear_up
) <&3 >/dev/null 2>&1 &
guard=$!
exec 3<&-

wait "$server" 2>/dev/null
status=$?
kill -s KILL "$guard"
clear_up
exit "$status"
