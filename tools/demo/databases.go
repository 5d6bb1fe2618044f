package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/url"
	"strconv"
	"time"

	"github.com/go-sql-driver/mysql"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// change is a row that the demo writes to table customers.
type change struct {
	database string // as written in sentences
	driver   string
	source   string // data source name, of the administrator
	id       int32
	email    string // unique in the table: used to find the record
	topic    string
}

func (d *demo) newChanges() []change {
	my, pg := d.stack.MySQL, d.stack.Postgres
	return []change{
		{
			database: "MySQL", driver: "mysql", source: mysqlSource(my),
			id: rand.Int32(), email: d.name + "@mysql.example",
			topic: d.name + "-mysql." + my.Name + ".customers",
		},
		{
			database: "PostgreSQL", driver: "pgx", source: postgresSource(pg),
			id: rand.Int32(), email: d.name + "@postgres.example",
			topic: d.name + "-postgres.public.customers",
		},
	}
}

func mysqlSource(db stackfile.Database) string {
	config := mysql.NewConfig()
	config.Net, config.Addr = "tcp", net.JoinHostPort(db.Host, strconv.Itoa(db.Port))
	config.User, config.Passwd, config.DBName = db.AdminUser, db.AdminPassword, db.Name
	return config.FormatDSN()
}

func postgresSource(db stackfile.Database) string {
	source := url.URL{
		Scheme: "postgres",
		User:   url.UserPassword(db.AdminUser, db.AdminPassword),
		Host:   net.JoinHostPort(db.Host, strconv.Itoa(db.Port)),
		Path:   db.Name,
	}
	return source.String()
}

func (c change) insert(ctx context.Context) error {
	return execute(ctx, c.driver, c.source, fmt.Sprintf(
		"INSERT INTO customers (id, name, email) VALUES (%d, 'New customer', '%s')", c.id, c.email))
}

func execute(ctx context.Context, driver, source, statement string) error {
	db, err := sql.Open(driver, source)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, statement)
	return err
}

// removeSlot drops the PostgreSQL connector's slot and publication, which
// Debezium leaves behind. A slot retains the server's WAL until it is dropped.
func (d *demo) removeSlot(ctx context.Context) error {
	db, err := sql.Open("pgx", postgresSource(d.stack.Postgres))
	if err != nil {
		return err
	}
	defer db.Close()
	// The slot stays active for a moment after its connector is gone.
	for busy := 1; busy > 0; time.Sleep(100 * time.Millisecond) {
		query := `SELECT count(*) FROM pg_replication_slots WHERE starts_with(slot_name, $1) AND active`
		if err := db.QueryRowContext(ctx, query, d.name).Scan(&busy); err != nil {
			return err
		}
	}
	dropSlot := `SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE starts_with(slot_name, $1)`
	if _, err := db.ExecContext(ctx, dropSlot, d.name); err != nil {
		return err
	}
	var publication string
	query := `SELECT quote_ident(pubname) FROM pg_publication WHERE starts_with(pubname, $1)`
	err = db.QueryRowContext(ctx, query, d.name).Scan(&publication)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "DROP PUBLICATION "+publication)
	return err
}

// removeRows deletes the demo's rows from the tables that all runs share.
func (d *demo) removeRows(ctx context.Context) error {
	var failed []error
	for _, c := range d.changes {
		failed = append(failed, execute(ctx, c.driver, c.source,
			fmt.Sprintf("DELETE FROM customers WHERE email = '%s'", c.email)))
	}
	return errors.Join(failed...)
}
