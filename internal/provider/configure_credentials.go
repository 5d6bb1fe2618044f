package provider

import (
	"context"
	"net/http"
	"os"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"golang.org/x/net/http/httpguts"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// setting is a value of the provider block or of an environment variable.
type setting struct {
	value string
	at    path.Path
	env   string // the variable that it comes from; "" for the attribute
	set   bool
}

// lookup returns an attribute or, if that is null, an environment variable. An
// empty attribute means none, whatever the environment says; an empty variable
// counts as unset.
func lookup(v types.String, at path.Path, env string) setting {
	if !v.IsNull() {
		return setting{value: v.ValueString(), at: at, set: true}
	}
	value := os.Getenv(env)
	return setting{value: value, at: at, env: env, set: value != ""}
}

// inBlock reports whether the value comes from the provider block itself.
func (s setting) inBlock() bool { return s.value != "" && s.env == "" }

func (s setting) String() string {
	if s.env != "" {
		return s.env + " (environment)"
	}
	return s.at.String()
}

// credentials sets how to authenticate: user name and password, a token, or
// neither. A method set in the block overrides the other in the environment.
// The client registers the secrets; nothing is sent or logged before that.
func (c config) credentials(o *kafkaconnect.Options, diags *diag.Diagnostics) {
	username := lookup(c.Username, path.Root(attrUsername), envUsername)
	password := lookup(c.Password, path.Root(attrPassword), envPassword)
	token := lookup(c.BearerToken, path.Root(attrBearerToken), envBearerToken)
	switch basic := username.inBlock() || password.inBlock(); {
	case token.inBlock() && !basic:
		username, password = setting{}, setting{}
	case basic && !token.inBlock():
		token = setting{}
	}
	switch {
	case token.value != "" && (username.value != "" || password.value != ""):
		other := username
		if other.value == "" {
			other = password
		}
		diags.AddAttributeError(token.at, "Conflicting credentials",
			token.String()+" and "+other.String()+" can't be combined: set either a bearer token, or a user name and password.")
	case username.value != "" && !password.set:
		diags.AddAttributeError(username.at, "Missing password",
			username.String()+" needs a password: set password, or the environment variable "+envPassword+".")
	case password.value != "" && username.value == "":
		diags.AddAttributeError(password.at, "Missing user name",
			password.String()+" needs a user name: set username, or the environment variable "+envUsername+".")
	case strings.Contains(username.value, ":"):
		diags.AddAttributeError(username.at, "Invalid user name",
			username.String()+" contains a colon, which basic authentication doesn't allow in a user name.")
	case !httpguts.ValidHeaderFieldValue(strings.TrimSpace(token.value)):
		diags.AddAttributeError(token.at, "Invalid bearer token",
			token.String()+" contains a line break or another control character, which HTTP doesn't allow in a header.")
	}
	o.Username, o.Password, o.BearerToken = username.value, password.value, token.value
}

// ownHeaders are the headers that the client sets itself.
var ownHeaders = []string{"Connection", "Content-Length", "Content-Type", "Host", "Transfer-Encoding"}

// headers sets the headers sent with every request.
func (c config) headers(ctx context.Context, o *kafkaconnect.Options, diags *diag.Diagnostics) {
	var values map[string]types.String
	diags.Append(c.Headers.ElementsAs(ctx, &values, false)...)
	o.Headers = map[string]string{}
	for name, value := range values {
		if value.IsNull() {
			continue
		}
		canonical := http.CanonicalHeaderKey(name)
		if problem := headerProblem(canonical, value.ValueString(), o); problem != "" {
			diags.AddAttributeError(path.Root(attrHeaders).AtMapKey(name), "Invalid header", "The header "+name+" "+problem)
		}
		o.Headers[canonical] = value.ValueString()
	}
}

// headerProblem returns what is wrong with a header, or "" if nothing is. It
// doesn't repeat the value.
func headerProblem(name, value string, o *kafkaconnect.Options) string {
	_, twice := o.Headers[name]
	switch {
	case !httpguts.ValidHeaderFieldName(name):
		return "has a name that HTTP doesn't allow."
	case !httpguts.ValidHeaderFieldValue(value):
		return "has a value with a line break or another control character, which HTTP doesn't allow."
	case slices.Contains(ownHeaders, name):
		return "is set by the provider itself. Remove it."
	case name == "Authorization" && (o.Username != "" || o.BearerToken != ""):
		return "can't be combined with username, password or bearer_token (or their environment variables), which set the same header."
	case twice:
		return "is set twice: header names are case-insensitive."
	}
	return ""
}
