//go:build unix

package main

import (
	"fmt"
	"net"
	"strconv"
)

// Every service listens only on this address: the stack's passwords are public.
const host = "127.0.0.1"

func address(port int) string { return net.JoinHostPort(host, strconv.Itoa(port)) }

// choosePorts keeps each port that is free and replaces the others with any
// free one. All are held until the last is chosen, so that no two are equal.
func choosePorts(ports []*int) error {
	for _, port := range ports {
		listener, err := net.Listen("tcp", address(*port))
		if err != nil {
			if listener, err = net.Listen("tcp", address(0)); err != nil {
				return fmt.Errorf("no free port: %w", err)
			}
		}
		defer listener.Close()
		*port = listener.Addr().(*net.TCPAddr).Port
	}
	return nil
}
