//go:build unix

package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"strconv"
)

// Every service listens only on this address: the stack's passwords are public.
const host = "127.0.0.1"

// Other ports than the well-known ones are between these. Linux gives the ports
// from 32768 on to clients, and to servers that take any: it could give one
// away before a slow server binds it.
const firstPort, lastPort = 20000, 32000

func address(port int) string { return net.JoinHostPort(host, strconv.Itoa(port)) }

// choosePorts keeps each port that is free and replaces the others, and those
// that are 0, with any free one. All are held until the last is chosen, so that
// no two are equal.
func choosePorts(ports []*int) error {
	for _, port := range ports {
		listener, err := listen(*port)
		if err != nil {
			return err
		}
		defer listener.Close()
		*port = listener.Addr().(*net.TCPAddr).Port
	}
	return nil
}

// listen listens on the port, or on any other if it is taken.
func listen(port int) (net.Listener, error) {
	failed := errors.New("none tried")
	for range 100 {
		if port != 0 {
			var listener net.Listener
			if listener, failed = net.Listen("tcp", address(port)); failed == nil {
				return listener, nil
			}
		}
		port = firstPort + rand.IntN(lastPort-firstPort)
	}
	return nil, fmt.Errorf("no free port: %w", failed)
}
