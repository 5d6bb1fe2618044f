package database

import (
	"context"
	"crypto/sha256"
	dbsql "database/sql"
	"fmt"
	"net"
	"sync"
	"time"
)

// Options are a reader's limits.
type Options struct {
	// ConnectTimeout bounds each connection, StatementTimeout each statement.
	ConnectTimeout, StatementTimeout time.Duration
}

// DefaultOptions are the limits for an interactive plan.
var DefaultOptions = Options{ConnectTimeout: 10 * time.Second, StatementTimeout: 10 * time.Second}

// connectionsPerServer limits the simultaneous connections to a server.
const connectionsPerServer = 4

// Reader queries databases, each once: what it has read for one connector is
// reused by others with the same login. It is meant for a single run, since it
// never rereads anything. It is safe for concurrent use, and leaves no
// connection open.
type Reader struct {
	options  Options
	mu       sync.Mutex
	servers  map[string]*server
	sessions map[string]*session
}

// NewReader returns a reader that has not queried anything yet.
func NewReader(options Options) *Reader {
	return &Reader{options: options, servers: map[string]*server{}, sessions: map[string]*session{}}
}

// server is shared by all logins to one address.
type server struct {
	free chan struct{} // holds a token for each open connection

	mu     sync.Mutex
	down   *ConnectionError // why nobody can connect to it
	wanted map[string]bool  // the slots that connectors of this run will add
}

// want counts a slot that a connector will create, and returns the number of
// distinct ones so far.
func (s *server) want(slot string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wanted[slot] = true
	return len(s.wanted)
}

// refuse records that the server can't be reached. The first error stands for
// all.
func (s *server) refuse(e *ConnectionError) *ConnectionError {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.down == nil {
		s.down = e
	}
	return s.down
}

func (s *server) refused() *ConnectionError {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.down
}

// session is what was read with one login.
type session struct {
	engine
	login   login
	server  *server
	options Options

	mu      sync.Mutex
	facts   any
	columns map[string][]column // by table; nil until they are read
	failed  *ConnectionError
	answers map[string]error // to the configurations' statements
}

// engine is what differs between the kinds of database servers.
type engine struct {
	open        func(login, Options) (*dbsql.DB, error)
	classify    func(error) (Problem, bool)
	refused     func(error) bool // whether the server itself refuses a statement, and the connection remains usable
	gather      func(*asker) (any, error)
	columnQuery string // the query for all columns: container, table, name and type, in order
}

func (r *Reader) session(e engine, kind string, l login) *session {
	r.mu.Lock()
	defer r.mu.Unlock()
	address := net.JoinHostPort(l.host, l.port)
	sv := r.servers[address]
	if sv == nil {
		sv = &server{free: make(chan struct{}, connectionsPerServer), wanted: map[string]bool{}}
		r.servers[address] = sv
	}
	// The password is part of the key, but only as a hash.
	password := sha256.Sum256([]byte(l.password))
	key := fmt.Sprintf("%q", []string{kind, address, l.user, l.database, l.tls.key, string(password[:])})
	ss := r.sessions[key]
	if ss == nil {
		ss = &session{engine: e, login: l, server: sv, options: r.options, answers: map[string]error{}}
		r.sessions[key] = ss
	}
	return ss
}

// read returns the facts, which the first call gathers.
func (s *session) read(ctx context.Context) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.facts != nil {
		return s.facts, nil
	}
	err := s.with(ctx, func(a *asker) error {
		facts, err := s.gather(a)
		if err == nil {
			s.facts = facts
		}
		return err
	})
	return s.facts, err
}

// readColumns returns the columns of all tables, by the table's name as in
// Debezium's lists. The first call reads them: many, and few configurations
// name any.
func (s *session) readColumns(ctx context.Context) (map[string][]column, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.columns != nil {
		return s.columns, nil
	}
	columns := map[string][]column{}
	err := s.with(ctx, func(a *asker) error {
		return a.each(func(scan func(...any) error) error {
			var container, table string
			var c column
			err := scan(&container, &table, &c.name, &c.dataType)
			columns[container+"."+table] = append(columns[container+"."+table], c)
			return err
		}, s.columnQuery)
	})
	if err == nil {
		s.columns = columns
	}
	return columns, err
}

// answer returns the server's response to a statement that isn't run.
func (s *session) answer(ctx context.Context, statement string, try func(*asker) error) (refusal, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	refusal, asked := s.answers[statement]
	if asked {
		return refusal, nil
	}
	err = s.with(ctx, func(a *asker) error {
		if refusal = try(a); refusal == nil || s.refused(refusal) {
			return nil
		}
		return refusal
	})
	if err == nil {
		s.answers[statement] = refusal
	}
	return refusal, err
}

// with runs queries in a read-only transaction on its own connection. A failure
// is remembered.
func (s *session) with(ctx context.Context, ask func(*asker) error) error {
	if down := s.server.refused(); down != nil {
		return down
	}
	if s.failed != nil {
		return s.failed
	}
	select {
	case s.server.free <- struct{}{}:
		defer func() { <-s.server.free }()
	case <-ctx.Done():
		return ctx.Err()
	}
	stage, err := s.run(ctx, ask)
	if err == nil || ctx.Err() != nil {
		return ctx.Err()
	}
	s.failed = s.explain(stage, err)
	if s.failed.everybody() {
		s.failed = s.server.refuse(s.failed)
	}
	return s.failed
}

// The stages at which a reader can fail.
const (
	connecting = "Connecting to"
	reading    = "Reading the catalogs"
)

func (s *session) run(ctx context.Context, ask func(*asker) error) (stage string, err error) {
	db, err := s.open(s.login, s.options)
	if err != nil {
		return connecting, err
	}
	defer db.Close()
	connect, cancel := context.WithTimeout(ctx, s.options.ConnectTimeout)
	defer cancel()
	conn, err := db.Conn(connect)
	if err != nil {
		return connecting, err
	}
	defer conn.Close()
	tx, err := conn.BeginTx(ctx, &dbsql.TxOptions{ReadOnly: true})
	if err != nil {
		return reading, err
	}
	defer func() { _ = tx.Rollback() }()
	a := &asker{ctx: ctx, tx: tx, limit: s.options.StatementTimeout}
	return reading, ask(a)
}

func (s *session) explain(stage string, err error) *ConnectionError {
	problem, known := s.classify(err)
	if !known {
		problem = classify(err)
	}
	switch {
	case stage == reading && problem == Unreachable:
		problem = Lost
	case stage == reading && problem == LoginRefused:
		problem = Failed
	case problem == TLSRequired && s.login.tls.encrypts():
		problem = LoginRefused
	}
	return &ConnectionError{
		Problem: problem, Server: net.JoinHostPort(s.login.host, s.login.port), User: s.login.user, Database: s.login.database,
		tls: s.login.tls, stage: stage, cause: err,
	}
}

// asker runs queries in one transaction.
type asker struct {
	ctx   context.Context
	tx    *dbsql.Tx
	limit time.Duration
}

// each calls a function for every row of a result.
func (a *asker) each(row func(scan func(...any) error) error, query string) error {
	ctx, cancel := context.WithTimeout(a.ctx, a.limit)
	defer cancel()
	rows, err := a.tx.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// one reads the only row of a result.
func (a *asker) one(query string, into ...any) error {
	ctx, cancel := context.WithTimeout(a.ctx, a.limit)
	defer cancel()
	return a.tx.QueryRowContext(ctx, query).Scan(into...)
}

// do runs a statement that returns no rows.
func (a *asker) do(statement string) error {
	ctx, cancel := context.WithTimeout(a.ctx, a.limit)
	defer cancel()
	_, err := a.tx.ExecContext(ctx, statement)
	return err
}
