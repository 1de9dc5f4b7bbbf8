# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_mesheryctl_global_optspecs
    string join \n color= q/quiet no-input data-dir= config= h/help V/version
end

function __fish_mesheryctl_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_mesheryctl_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_mesheryctl_using_subcommand
    set -l cmd (__fish_mesheryctl_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c mesheryctl -n "__fish_mesheryctl_needs_command" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_needs_command" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_needs_command" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_needs_command" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_needs_command" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_needs_command" -s V -l version -d 'Print version'
complete -c mesheryctl -n "__fish_mesheryctl_needs_command" -f -a "pattern" -d 'Work with designs: import, validate, compare, export, keep their history'
complete -c mesheryctl -n "__fish_mesheryctl_needs_command" -f -a "design" -d 'Work with designs: import, validate, compare, export, keep their history'
complete -c mesheryctl -n "__fish_mesheryctl_needs_command" -f -a "model" -d 'Look at models: products and the kinds they bring'
complete -c mesheryctl -n "__fish_mesheryctl_needs_command" -f -a "component" -d 'Look at components: the kinds that designs are made of'
complete -c mesheryctl -n "__fish_mesheryctl_needs_command" -f -a "explain" -d 'Explain a kind, one of its fields, or the code of a finding'
complete -c mesheryctl -n "__fish_mesheryctl_needs_command" -f -a "registry" -d 'Look at the built-in definitions, or produce them'
complete -c mesheryctl -n "__fish_mesheryctl_needs_command" -f -a "config" -d 'Show and change the configuration'
complete -c mesheryctl -n "__fish_mesheryctl_needs_command" -f -a "completion" -d 'Print a completion script for a shell'
complete -c mesheryctl -n "__fish_mesheryctl_needs_command" -f -a "man" -d 'Write the manual pages into a directory'
complete -c mesheryctl -n "__fish_mesheryctl_needs_command" -f -a "version" -d 'Show the version, and what is built in'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and not __fish_seen_subcommand_from validate" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and not __fish_seen_subcommand_from validate" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and not __fish_seen_subcommand_from validate" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and not __fish_seen_subcommand_from validate" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and not __fish_seen_subcommand_from validate" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and not __fish_seen_subcommand_from validate" -s h -l help -d 'Print help'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and not __fish_seen_subcommand_from validate" -f -a "validate" -d 'Check manifests and designs against Kubernetes\' schemas and rules'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -s f -l file -d 'File, directory, glob or `-` for standard input; may be given several times' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l kubernetes-version -d 'Version of Kubernetes to judge for [default: the project\'s, the user\'s, else the newest built in]' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l crds -d 'File or directory with CustomResourceDefinitions that are not part of the input' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l allow-external -d 'What references may point at although the input does not define it: `Secret/tls-*`, `ConfigMap/*`, `all`' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l fail-on -d 'The least severity that makes the answer no' -r -f -a "error\t''
warning\t''
info\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -s o -l output -d 'How to write the answer' -r -f -a "human\t'With the line each finding is about'
short\t'A line for each finding'
json\t'docs/schemas/validate-report.json describes it'
sarif\t'SARIF 2.1.0, for code scanning'
junit\t'JUnit XML, for test reports'
github\t'Workflow commands that annotate pull requests'
tap\t'TAP version 14'
markdown\t'A table for pull requests'"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -s R -l recursive -d 'Read the directories below too'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l fix -d 'Apply the fixes that are certain to the files, then judge again'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l strict -d 'Warnings fail too, and so does what could not be validated'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and not __fish_seen_subcommand_from validate" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and not __fish_seen_subcommand_from validate" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and not __fish_seen_subcommand_from validate" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and not __fish_seen_subcommand_from validate" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and not __fish_seen_subcommand_from validate" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and not __fish_seen_subcommand_from validate" -s h -l help -d 'Print help'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and not __fish_seen_subcommand_from validate" -f -a "validate" -d 'Check manifests and designs against Kubernetes\' schemas and rules'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -s f -l file -d 'File, directory, glob or `-` for standard input; may be given several times' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l kubernetes-version -d 'Version of Kubernetes to judge for [default: the project\'s, the user\'s, else the newest built in]' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l crds -d 'File or directory with CustomResourceDefinitions that are not part of the input' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l allow-external -d 'What references may point at although the input does not define it: `Secret/tls-*`, `ConfigMap/*`, `all`' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l fail-on -d 'The least severity that makes the answer no' -r -f -a "error\t''
warning\t''
info\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -s o -l output -d 'How to write the answer' -r -f -a "human\t'With the line each finding is about'
short\t'A line for each finding'
json\t'docs/schemas/validate-report.json describes it'
sarif\t'SARIF 2.1.0, for code scanning'
junit\t'JUnit XML, for test reports'
github\t'Workflow commands that annotate pull requests'
tap\t'TAP version 14'
markdown\t'A table for pull requests'"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -s R -l recursive -d 'Read the directories below too'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l fix -d 'Apply the fixes that are certain to the files, then judge again'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l strict -d 'Warnings fail too, and so does what could not be validated'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and not __fish_seen_subcommand_from list view search" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and not __fish_seen_subcommand_from list view search" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and not __fish_seen_subcommand_from list view search" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and not __fish_seen_subcommand_from list view search" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and not __fish_seen_subcommand_from list view search" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and not __fish_seen_subcommand_from list view search" -s h -l help -d 'Print help'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and not __fish_seen_subcommand_from list view search" -f -a "list" -d 'List the models: Kubernetes, and the groups of the given CustomResourceDefinitions'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and not __fish_seen_subcommand_from list view search" -f -a "view" -d 'Show one model and its components'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and not __fish_seen_subcommand_from list view search" -f -a "search" -d 'Find models by a part of their names or of the kinds they hold'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from list" -l kubernetes-version -d 'The version of Kubernetes [default: the configured one, else the newest built in]' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from list" -l crds -d 'File, directory or glob with CustomResourceDefinitions' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from list" -s o -l output -d 'How to show them' -r -f -a "table\t''
json\t''
yaml\t''
name\t'One name a line'"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from list" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from list" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from list" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from view" -l kubernetes-version -d 'The version of Kubernetes [default: the configured one, else the newest built in]' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from view" -l crds -d 'File, directory or glob with CustomResourceDefinitions' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from view" -s o -l output -d 'How to show it' -r -f -a "table\t''
json\t''
yaml\t''
name\t'One name a line'"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from view" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from view" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from view" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from view" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from view" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from view" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from search" -l kubernetes-version -d 'The version of Kubernetes [default: the configured one, else the newest built in]' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from search" -l crds -d 'File, directory or glob with CustomResourceDefinitions' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from search" -s o -l output -d 'How to show them' -r -f -a "table\t''
json\t''
yaml\t''
name\t'One name a line'"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from search" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from search" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from search" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from search" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from search" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and not __fish_seen_subcommand_from list view search" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and not __fish_seen_subcommand_from list view search" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and not __fish_seen_subcommand_from list view search" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and not __fish_seen_subcommand_from list view search" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and not __fish_seen_subcommand_from list view search" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and not __fish_seen_subcommand_from list view search" -s h -l help -d 'Print help'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and not __fish_seen_subcommand_from list view search" -f -a "list" -d 'List the kinds that designs can hold'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and not __fish_seen_subcommand_from list view search" -f -a "view" -d 'Show one kind: its names, scope, life and top-level fields'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and not __fish_seen_subcommand_from list view search" -f -a "search" -d 'Find kinds by a part of their names or of what is said of them'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from list" -l model -d 'Only those of this model' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from list" -l kubernetes-version -d 'The version of Kubernetes [default: the configured one, else the newest built in]' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from list" -l crds -d 'File, directory or glob with CustomResourceDefinitions' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from list" -s o -l output -d 'How to show them' -r -f -a "table\t''
json\t''
yaml\t''
name\t'One name a line'"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from list" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from list" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from list" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from view" -l api-version -d 'The version of the API meant, as manifests write it [default: the best]' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from view" -l kubernetes-version -d 'The version of Kubernetes [default: the configured one, else the newest built in]' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from view" -l crds -d 'File, directory or glob with CustomResourceDefinitions' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from view" -s o -l output -d 'How to show it' -r -f -a "table\t''
json\t''
yaml\t''
name\t'One name a line'"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from view" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from view" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from view" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from view" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from view" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from view" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from search" -l kubernetes-version -d 'The version of Kubernetes [default: the configured one, else the newest built in]' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from search" -l crds -d 'File, directory or glob with CustomResourceDefinitions' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from search" -s o -l output -d 'How to show them' -r -f -a "table\t''
json\t''
yaml\t''
name\t'One name a line'"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from search" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from search" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from search" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from search" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from search" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand explain" -l api-version -d 'The version of the API meant, as manifests write it [default: the best]' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand explain" -l kubernetes-version -d 'The version of Kubernetes [default: the configured one, else the newest built in]' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand explain" -l crds -d 'File, directory or glob with CustomResourceDefinitions' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand explain" -s o -l output -d 'How to show it' -r -f -a "text\t''
json\t''
yaml\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand explain" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand explain" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand explain" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand explain" -l recursive -d 'All fields below, names and types only'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand explain" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand explain" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand registry; and not __fish_seen_subcommand_from generate provenance" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand registry; and not __fish_seen_subcommand_from generate provenance" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand registry; and not __fish_seen_subcommand_from generate provenance" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand registry; and not __fish_seen_subcommand_from generate provenance" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand registry; and not __fish_seen_subcommand_from generate provenance" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand registry; and not __fish_seen_subcommand_from generate provenance" -s h -l help -d 'Print help'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand registry; and not __fish_seen_subcommand_from generate provenance" -f -a "generate" -d 'Produce the built-in definitions from Kubernetes\' own documents'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand registry; and not __fish_seen_subcommand_from generate provenance" -f -a "provenance" -d 'Show which releases of Kubernetes the built-in definitions were taken from'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand registry; and __fish_seen_subcommand_from generate" -l kubernetes -d 'Source folder of a release, named like `kubernetes@v1.37.1`; once for each release' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand registry; and __fish_seen_subcommand_from generate" -l api -d 'Source folder of its API types, named like `api@v0.37.1`; as many as releases, in the same order' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand registry; and __fish_seen_subcommand_from generate" -l discovery -d 'Aggregated discovery document of a running server, which alone tells short names' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand registry; and __fish_seen_subcommand_from generate" -l output -d 'Directory to write `kubernetes.pack` and `kubernetes.descriptions.pack` into' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand registry; and __fish_seen_subcommand_from generate" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand registry; and __fish_seen_subcommand_from generate" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand registry; and __fish_seen_subcommand_from generate" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand registry; and __fish_seen_subcommand_from generate" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand registry; and __fish_seen_subcommand_from generate" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand registry; and __fish_seen_subcommand_from generate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand registry; and __fish_seen_subcommand_from provenance" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand registry; and __fish_seen_subcommand_from provenance" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand registry; and __fish_seen_subcommand_from provenance" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand registry; and __fish_seen_subcommand_from provenance" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand registry; and __fish_seen_subcommand_from provenance" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand registry; and __fish_seen_subcommand_from provenance" -s h -l help -d 'Print help'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and not __fish_seen_subcommand_from view set explain" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and not __fish_seen_subcommand_from view set explain" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and not __fish_seen_subcommand_from view set explain" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and not __fish_seen_subcommand_from view set explain" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and not __fish_seen_subcommand_from view set explain" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and not __fish_seen_subcommand_from view set explain" -s h -l help -d 'Print help'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and not __fish_seen_subcommand_from view set explain" -f -a "view" -d 'Show the configuration in force and Meshery\'s contexts'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and not __fish_seen_subcommand_from view set explain" -f -a "set" -d 'Set a key in your own configuration file, or remove it'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and not __fish_seen_subcommand_from view set explain" -f -a "explain" -d 'Show where the value of a key comes from'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and __fish_seen_subcommand_from view" -s o -l output -d 'How to show it' -r -f -a "text\t''
json\t''
yaml\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and __fish_seen_subcommand_from view" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and __fish_seen_subcommand_from view" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and __fish_seen_subcommand_from view" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and __fish_seen_subcommand_from view" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and __fish_seen_subcommand_from view" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and __fish_seen_subcommand_from view" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and __fish_seen_subcommand_from set" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and __fish_seen_subcommand_from set" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and __fish_seen_subcommand_from set" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and __fish_seen_subcommand_from set" -l unset -d 'Remove the key from the file'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and __fish_seen_subcommand_from set" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and __fish_seen_subcommand_from explain" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and __fish_seen_subcommand_from explain" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and __fish_seen_subcommand_from explain" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and __fish_seen_subcommand_from explain" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and __fish_seen_subcommand_from explain" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and __fish_seen_subcommand_from explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand completion" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand completion" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand completion" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand completion" -l static -d 'A script that does not run mesheryctl'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand completion" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand completion" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand completion" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand man" -l dir -d 'Where to; made when it is not there' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand man" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand man" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand man" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand man" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand man" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand man" -s h -l help -d 'Print help'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand version" -s o -l output -d 'How to show it' -r -f -a "text\t''
json\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand version" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand version" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand version" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand version" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand version" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand version" -s h -l help -d 'Print help'
