// Package credlapse asks the command `credlapse` what a failed AWS call means.
//
// Copy it into a tool: it needs the standard library and the command on PATH.
package credlapse

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strings"
)

// Diagnosis says what lapsed and what repairs it. Texts are redacted, and safe for a terminal.
type Diagnosis struct {
	// Code is what a program goes by: CREDENTIALS_EXPIRED, PERMISSION_DENIED and so on.
	Code string `json:"code"`
	// Kind is the finer class, and the name of a page: `credlapse explain --kind KIND`.
	Kind string `json:"kind"`
	// Message is one line that says what lapsed, without the chain of providers.
	Message string `json:"message"`
	// Action is one line that says what to do.
	Action string `json:"action"`
	// Detail is what the SDK said.
	Detail string `json:"detail"`
	// Retryable tells whether ReauthArgv and then the same call, once, can succeed.
	Retryable bool `json:"retryable"`
	// ReauthArgv is the command that repairs it, for exec.Command; nil where there is none.
	ReauthArgv []string `json:"reauth_argv"`
	// ExitCode is the status to end with.
	ExitCode int `json:"exit_code"`
}

// Explain returns nil where err is nil or not a matter of AWS credentials.
//
// The text of err is read with everything that it wraps; an empty profile stands for AWS_PROFILE.
// The error that Explain returns is about `credlapse` itself: go on with err then.
func Explain(ctx context.Context, err error, profile string) (*Diagnosis, error) {
	if err == nil {
		return nil, nil
	}
	command := exec.CommandContext(ctx, "credlapse", "explain", "--format=json")
	if profile != "" {
		command.Args = append(command.Args, "--profile="+profile)
	}
	command.Stdin = strings.NewReader(err.Error())
	var stdout bytes.Buffer
	command.Stdout = &stdout
	// A diagnosis has an exit status of its own: only the answer tells.
	var status *exec.ExitError
	if failed := command.Run(); failed != nil && !errors.As(failed, &status) {
		return nil, fmt.Errorf("ask credlapse: %w", failed)
	}
	var answer struct {
		Error *Diagnosis `json:"error"`
	}
	if failed := json.Unmarshal(stdout.Bytes(), &answer); failed != nil {
		return nil, fmt.Errorf("read the answer of credlapse: %w", failed)
	}
	if answer.Error != nil && answer.Error.Kind == "" {
		return nil, fmt.Errorf("ask credlapse: %s", answer.Error.Message)
	}
	return answer.Error, nil
}
