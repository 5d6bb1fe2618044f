package stackfile

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// Process identifies a process. Its PID can be reused once the process has
// ended, so the start time is recorded as well.
type Process struct {
	PID int `json:"pid"`
	// StartTime is in clock ticks since the machine booted, as Linux shows it
	// in /proc/PID/stat (proc(5)).
	StartTime uint64 `json:"start_time"`
	// BootID identifies the machine's boot: a reboot resets both PIDs and
	// ticks.
	BootID string `json:"boot_id"`
}

// Identify records the process that currently has the PID.
func Identify(pid int) (Process, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return Process{}, err
	}
	_, started, err := parseStat(stat)
	if err != nil {
		return Process{}, fmt.Errorf("/proc/%d/stat: %w", pid, err)
	}
	return Process{PID: pid, StartTime: started, BootID: bootID()}, nil
}

// Running reports whether this very process is still running. One that has
// ended but hasn't been reaped is not.
func (p Process) Running() bool {
	if p.PID <= 0 || p.BootID != bootID() {
		return false
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.PID))
	if err != nil {
		return false
	}
	state, started, err := parseStat(stat)
	return err == nil && started == p.StartTime && state != "Z" && state != "X"
}

// parseStat extracts the state (field 3) and start time (field 22) from
// /proc/PID/stat. Field 2, the command in parentheses, may itself contain
// spaces and parentheses: the fields after it are counted from the last one.
func parseStat(stat []byte) (state string, started uint64, err error) {
	end := bytes.LastIndexByte(stat, ')')
	if end < 0 {
		return "", 0, fmt.Errorf("no command in %q", stat)
	}
	fields := strings.Fields(string(stat[end+1:]))
	if len(fields) < 20 {
		return "", 0, fmt.Errorf("only %d fields after the command", len(fields))
	}
	started, err = strconv.ParseUint(fields[19], 10, 64)
	return fields[0], started, err
}

func bootID() string {
	id, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(id))
}
