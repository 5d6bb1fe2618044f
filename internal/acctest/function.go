package acctest

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// FunctionError is why a function returns no result.
type FunctionError struct {
	Parameter string // the one whose argument is wrong, "" if none in particular
	Text      string
}

func (e *FunctionError) Error() string { return fmt.Sprintf("parameter %q: %s", e.Parameter, e.Text) }

// CallFunction calls a provider function as Terraform does without a provider
// block. Arguments are as in a Block, the result as in Terraform's JSON; an
// error is of type FunctionError.
func CallFunction(t testing.TB, name string, arguments ...any) (any, error) {
	t.Helper()
	ran(t, inProcess)
	f := schemas(t).Functions[name]
	if f == nil {
		t.Fatalf("the provider has no function %q", name)
	}
	if n := len(f.Parameters); len(arguments) < n || len(arguments) > n && f.VariadicParameter == nil {
		t.Fatalf("%s is called with %d arguments, and has %d parameters", name, len(arguments), n)
	}
	request := &tfprotov6.CallFunctionRequest{Name: name}
	for i, argument := range arguments {
		request.Arguments = append(request.Arguments, dynamic(t, valueOf(parameterOf(f, i).Type, argument)))
	}
	server, err := InMemory()["debezium"]()
	if err != nil {
		t.Fatal(err)
	}
	answer, err := server.CallFunction(t.Context(), request)
	if err != nil {
		return nil, err
	}
	if answer.Error != nil {
		e := &FunctionError{Text: answer.Error.Text}
		if at := answer.Error.FunctionArgument; at != nil {
			e.Parameter = parameterOf(f, int(*at)).Name
		}
		return nil, e
	}
	result, err := answer.Result.Unmarshal(f.Return.Type)
	if err != nil {
		return nil, err
	}
	return plain(result), nil
}

func parameterOf(f *tfprotov6.Function, i int) *tfprotov6.FunctionParameter {
	if i < len(f.Parameters) {
		return f.Parameters[i]
	}
	return f.VariadicParameter
}
