// Command go-cli ends as a tool with the AWS SDK for Go should when a call fails over credentials.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"credlapse.example/go-cli/credlapse"
)

func main() {
	profile := flag.String("profile", "", "the AWS profile [default: AWS_PROFILE]")
	asJSON := flag.Bool("json", false, "print one JSON object")
	verbose := flag.Bool("verbose", false, "print what the SDK said, too")
	flag.Parse()

	ctx := context.Background()
	err := call()
	if err == nil {
		return
	}
	diagnosis, trouble := credlapse.Explain(ctx, err, *profile)
	if trouble != nil {
		fmt.Fprintln(os.Stderr, trouble)
	}
	os.Exit(report(err, diagnosis, *asJSON, *verbose))
}

// call stands for a call of the SDK: it fails with what is on standard input.
func call() error {
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	if len(text) == 0 {
		return nil
	}
	return fmt.Errorf("list instances: %w", errors.New(strings.TrimSpace(string(text))))
}

// report says what failed and returns the exit status.
func report(err error, diagnosis *credlapse.Diagnosis, asJSON, verbose bool) int {
	fields := map[string]any{"error": err.Error()}
	status := 1
	if diagnosis != nil {
		fields = map[string]any{
			"error":       diagnosis.Message,
			"code":        diagnosis.Code,
			"action":      diagnosis.Action,
			"retryable":   diagnosis.Retryable,
			"reauth_argv": diagnosis.ReauthArgv,
		}
		status = diagnosis.ExitCode
	}
	switch {
	case asJSON:
		json.NewEncoder(os.Stdout).Encode(fields)
	case diagnosis == nil:
		fmt.Fprintln(os.Stderr, err)
	default:
		fmt.Fprintf(os.Stderr, "%s\n  %s\n", diagnosis.Message, diagnosis.Action)
		if verbose {
			fmt.Fprintf(os.Stderr, "  (%s)\n", diagnosis.Detail)
		}
	}
	return status
}
