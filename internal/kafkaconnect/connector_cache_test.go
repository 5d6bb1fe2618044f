package kafkaconnect

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"
)

const listed = `{"orders":{"info":{"name":"orders","config":{"v":"listed"}},"status":{"name":"orders","tasks":[{"id":0}]}},"other":{"info":{"name":"other"}}}`

func written(value string) Connector {
	return Connector{Info: &Info{Name: "orders", Config: Config{"v": value}}}
}

// gated is a step that tells when it was asked, and answers when it may.
func gated(body string) (step http.HandlerFunc, asked, answers chan struct{}) {
	asked, answers = make(chan struct{}), make(chan struct{})
	return func(w http.ResponseWriter, r *http.Request) {
		close(asked)
		<-answers
		answer(200, body)(w, r)
	}, asked, answers
}

func TestViewAsksOnce(t *testing.T) {
	s := serve(t, answer(200, listed))
	v := NewConnectorCache(newClient(t, Options{URL: s.URL}))
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			if all, err := v.Connectors(t.Context()); err != nil || len(all) != 2 {
				t.Errorf("got %v, %v", all, err)
			}
			if one, ok, err := v.Connector(t.Context(), "orders"); err != nil || !ok || one.Info.Config["v"] != "listed" {
				t.Errorf("got %v, %v, %v", one, ok, err)
			}
			if _, ok, err := v.Connector(t.Context(), "absent"); err != nil || ok {
				t.Errorf("an absent connector: %v, %v", ok, err)
			}
		})
	}
	group.Wait()
	if v.Written() {
		t.Error("nothing was written")
	}
	s.requests(t, 1)
}

func TestViewForgetsErrors(t *testing.T) {
	s := serve(t, answer(500, "boom"), answer(200, listed))
	v := NewConnectorCache(newClient(t, Options{URL: s.URL}))
	if _, err := v.Connectors(t.Context()); !errors.Is(err, ErrServer) {
		t.Errorf("got %v", err)
	}
	if all, err := v.Connectors(t.Context()); err != nil || len(all) != 2 {
		t.Errorf("got %v, %v", all, err)
	}
}

func TestCacheSurvivesACanceledCaller(t *testing.T) {
	step, asked, answers := gated(listed)
	s := serve(t, step)
	v := NewConnectorCache(newClient(t, Options{URL: s.URL}))
	ctx, cancel := context.WithCancel(t.Context())
	first := make(chan error)
	go func() { _, err := v.Connectors(ctx); first <- err }()
	<-asked
	second := make(chan error)
	go func() { _, err := v.Connectors(t.Context()); second <- err }()
	cancel()
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Errorf("the canceled caller got %v", err)
	}
	close(answers)
	if err := <-second; err != nil {
		t.Errorf("the other caller got %v", err)
	}
	s.requests(t, 1)
}

// Writes win whether they end before the listing begins, while it is on the
// way, or after it has arrived.
func TestViewWrites(t *testing.T) {
	for name, when := range map[string]int{"before": 0, "meanwhile": 1, "afterwards": 2} {
		t.Run(name, func(t *testing.T) {
			step, asked, answers := gated(listed)
			s := serve(t, step)
			v := NewConnectorCache(newClient(t, Options{URL: s.URL}))
			write := func(now int) {
				if now == when {
					v.Wrote("orders", written("old"))
					v.Wrote("orders", written("new"))
					v.Deleted("other")
					v.Wrote("added", written("added"))
				}
			}
			arrived := make(chan error)
			write(0)
			go func() { _, err := v.Connectors(t.Context()); arrived <- err }()
			<-asked
			write(1)
			close(answers)
			if err := <-arrived; err != nil {
				t.Fatal(err)
			}
			write(2)

			all, err := v.Connectors(t.Context())
			if err != nil || len(all) != 2 || all["orders"].Info.Config["v"] != "new" || all["added"].Info == nil {
				t.Errorf("got %v, %v", all, err)
			}
			if one, ok, err := v.Connector(t.Context(), "orders"); err != nil || !ok || one.Info.Config["v"] != "new" {
				t.Errorf("got %v, %v, %v", one, ok, err)
			}
			if _, ok, err := v.Connector(t.Context(), "other"); err != nil || ok {
				t.Errorf("the deleted connector: %v, %v", ok, err)
			}
			if !v.Written() {
				t.Error("the writes are not told")
			}
			s.requests(t, 1)
		})
	}
}

func TestViewIsRecreatedAfterDeletion(t *testing.T) {
	s := serve(t, answer(200, listed))
	v := NewConnectorCache(newClient(t, Options{URL: s.URL}))
	v.Deleted("orders")
	v.Wrote("orders", written("again"))
	if one, ok, err := v.Connector(t.Context(), "orders"); err != nil || !ok || one.Info.Config["v"] != "again" {
		t.Errorf("got %v, %v, %v", one, ok, err)
	}
}

func TestViewIsNotChangedByItsReaders(t *testing.T) {
	s := serve(t, answer(200, listed))
	v := NewConnectorCache(newClient(t, Options{URL: s.URL}))
	own := written("written")
	v.Wrote("added", own)
	own.Info.Config["v"] = "changed"
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			all, _ := v.Connectors(t.Context())
			delete(all, "orders")
			all["new"] = Connector{}
			for _, name := range []string{"orders", "added"} {
				one, _, _ := v.Connector(t.Context(), name)
				one.Info.Config["v"] = fmt.Sprint(i)
				if one.Status != nil {
					one.Status.Tasks[0].ID = i
				}
			}
		})
	}
	group.Wait()
	one, _, err := v.Connector(t.Context(), "orders")
	if err != nil || one.Info.Config["v"] != "listed" || one.Status.Tasks[0].ID != 0 {
		t.Errorf("got %v, %v", one, err)
	}
	if one, _, _ := v.Connector(t.Context(), "added"); one.Info.Config["v"] != "written" {
		t.Errorf("got %v", one.Info.Config)
	}
	if all, _ := v.Connectors(t.Context()); len(all) != 3 {
		t.Errorf("got %v", all)
	}
}

func TestConcurrentWrites(t *testing.T) {
	s := serve(t, answer(200, `{}`))
	v := NewConnectorCache(newClient(t, Options{URL: s.URL}))
	var group sync.WaitGroup
	for i := range 20 {
		group.Go(func() {
			name := fmt.Sprint(i)
			v.Wrote(name, written(name))
			if one, ok, err := v.Connector(t.Context(), name); err != nil || !ok || one.Info.Config["v"] != name {
				t.Errorf("got %v, %v, %v", one, ok, err)
			}
			v.Deleted(name)
			if all, err := v.Connectors(t.Context()); err != nil || all[name].Info != nil {
				t.Errorf("got %v, %v", all, err)
			}
		})
	}
	group.Wait()
}
