//go:build unix

// Command stack starts and stops a real stack without Docker: Kafka, two Kafka
// Connect workers with all of Debezium's connectors, PostgreSQL, MySQL,
// MariaDB and a schema registry; or a small one with what the demo shows.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

const usage = `Usage: stack COMMAND [-dir DIRECTORY] [-small] [-old]
       stack run [-dir DIRECTORY] [-small] [-old] -- PROGRAM ARGUMENT...
       stack serve -dir DIRECTORY postgres|mysql|mariadb [SETTING=VALUE...]
       stack worker [-dir DIRECTORY] -plugins KIND:VERSION,... -- PROGRAM ARGUMENT...

  up      start what does not run yet, and wait until it works
  check   say what the machine lacks
  fetch   download what up needs, and start nothing
  down    stop everything; the data stay
  status  list the processes; fails unless all run
  env     print ports and logins as shell commands
  run     start what does not run yet, and run a program with what env prints in
          its environment; afterwards stop the stack, unless it ran before
  serve   run one further database server with settings of its own, apart from
          the stack, until the input ends; its address is the last line printed
  worker  run a program beside a broker and one worker with these plugins alone,
          whose URL is in DEBEZIUM_CONNECT_URL; afterwards delete the plugins

-dir is the stack's directory: .stack under the repository's root by default.
-small makes up, run and fetch leave out all but Kafka, one worker with the
connectors for MySQL and PostgreSQL, and these two databases.
-old makes them add workers of older releases of Kafka Connect.
Downloads (1.2 GB, 170 MB with -small) go to the directory in STACK_CACHE, by default one in the
user's cache directory, or, for root, in /var/cache.
`

func main() {
	err := stack(os.Args[1:])
	if failed, ok := errors.AsType[commandFailed](err); ok {
		os.Exit(int(failed))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func stack(args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("which command?\n\n%s", usage)
	}
	flags := flag.NewFlagSet("stack", flag.ContinueOnError)
	flags.Usage = func() { fmt.Fprint(flags.Output(), usage) }
	dir := flags.String("dir", "", "")
	var e extent
	flags.BoolVar(&e.small, "small", false, "")
	flags.BoolVar(&e.old, "old", false, "")
	plugins := flags.String("plugins", "", "")
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	if *dir == "" {
		var err error
		if *dir, err = stackfile.DefaultDir(); err != nil {
			return err
		}
	}
	// Other users run the databases from the directories created here.
	syscall.Umask(0o022)
	l, err := newLayout(*dir)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	switch args[0] {
	case "up":
		return up(ctx, l, e)
	case "check":
		return checkMachine(ctx)
	case "fetch":
		_, err := fetch(ctx, l, e)
		return err
	case "down":
		return down(l)
	case "status":
		return status(l)
	case "env":
		return printEnv(l)
	case "run":
		return runCommand(ctx, l, e, flags.Args())
	case "serve":
		return serve(ctx, l, flags.Args())
	case "worker":
		return runWorker(ctx, l, *plugins, flags.Args())
	}
	return fmt.Errorf("there is no command %q\n\n%s", args[0], usage)
}
