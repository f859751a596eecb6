module credlapse.example/go-cli

go 1.19
