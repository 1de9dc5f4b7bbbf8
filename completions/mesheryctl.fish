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
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -s h -l help -d 'Print help'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -f -a "import" -d 'Save manifests, a chart, a kustomization, a Compose project or a design file as a design'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -f -a "list" -d 'List saved designs'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -f -a "view" -d 'Show a saved design'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -f -a "history" -d 'Show the versions of a saved design, newest first'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -f -a "tag" -d 'Give a version of a saved design a semantic version as its tag'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -f -a "rollback" -d 'Make an earlier version of a saved design the newest one'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -f -a "rename" -d 'Give a saved design another name'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -f -a "delete" -d 'Delete saved designs with all their versions'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -f -a "export" -d 'Write a saved design, or whatever `-f` takes without saving it, in another format'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -f -a "diff" -d 'Show what changes from one design to another'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -f -a "validate" -d 'Check manifests, designs, charts, kustomizations and Compose files against Kubernetes\' schemas and rules'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -s f -l file -d 'File, directory, archive, glob, URL, `DIR@REVISION:PATH`, or `-` for standard input; may be given several times' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -l name -d 'Name to save under; otherwise that of the design, the file or the directory' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -s m -l message -d 'What this version is about' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -s o -l output -d 'How to show the answer' -r -f -a "text\t'For people'
json\t'The whole answer as data'
yaml\t'The same in YAML'
name\t'The name only'"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -l account -d 'Write what became of every key of Compose files, as JSON' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -s s -l source-type -d 'What the input is, where that is not to be found out: design, kubernetes, helm, kustomize or compose (Meshery\'s names such as "Helm Chart" are taken too)' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -l values -d 'Values for charts, from a file or `-`; later ones win' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -l set -d 'Set a value of charts: `a.b=1,c[0]=x`' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -l set-string -d 'Set a value that stays a string' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -l set-file -d 'Set a value to what a file holds' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -l set-json -d 'Set a value to JSON' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -l set-literal -d 'Set a value to exactly this text' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -l release -d 'Name of the release; otherwise that of the chart' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -s n -l namespace -d 'Namespace of the release [default: default]' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -l kube-version -d 'Version of Kubernetes that charts are told' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -l api-versions -d 'Further API versions that charts are told the cluster has' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -l seed -d 'What random functions of charts begin with: the same seed gives the same passwords and certificates' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -l profile -d 'Profiles of a Compose project to enable; `*` is all of them' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -l env-file -d 'Variables of a Compose project, in place of its `.env`' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -s R -l recursive -d 'Read the directories below too'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -l new -d 'Refuse a name that is saved already'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -l skip-crds -d 'Leave out what a chart has in `crds/`'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -l skip-tests -d 'Leave out what a chart has for `helm test`'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -l no-hooks -d 'Leave out hooks of charts'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -l fetch-dependencies -d 'Fetch dependencies that a chart does not have in `charts/`, in the versions of its Chart.lock; nothing is written'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from list" -s o -l output -d 'How to show it' -r -f -a "table\t'Columns for people'
wide\t'More columns'
json\t'The whole answer as data'
yaml\t'The same in YAML'
name\t'One name a line'"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from list" -l sort -d 'What comes first: names in order, or what changed last' -r -f -a "name\t''
updated\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from list" -l page -d 'Which page, counted from 1' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from list" -l pagesize -d 'Designs a page; 0 shows all' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from list" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from list" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from list" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from view" -s o -l output -d 'How to show it' -r -f -a "yaml\t''
json\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from view" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from view" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from view" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from view" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from view" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from view" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from history" -s o -l output -d 'How to show it; `name` prints references such as `shop@3`' -r -f -a "table\t'Columns for people'
wide\t'More columns'
json\t'The whole answer as data'
yaml\t'The same in YAML'
name\t'One name a line'"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from history" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from history" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from history" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from history" -l changes -d 'Show everything that was done instead: saves, tags, renames, rollbacks'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from history" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from history" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from history" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from tag" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from tag" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from tag" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from tag" -l force -d 'Move the tag if it stands at another version'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from tag" -s d -l delete -d 'Take the tag away'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from tag" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from tag" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from tag" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from rollback" -s m -l message -d 'Why' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from rollback" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from rollback" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from rollback" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from rollback" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from rollback" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from rollback" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from rename" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from rename" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from rename" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from rename" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from rename" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from rename" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from delete" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from delete" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from delete" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Do not ask'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -s f -l file -d 'Convert these instead: file, directory, archive, glob, URL, `DIR@REVISION:PATH`, or `-` for standard input; may be given several times' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -l format -d 'What to write' -r -f -a "design\t'Meshery\'s design file'
kubernetes\t'Manifests'
helm\t'A Helm chart'
kustomize\t'A kustomization'
compose\t'A Compose file'
argocd\t'An Argo CD Application'
flux\t'A Flux repository and Kustomization'
oci\t'An artifact for registries'"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -l output-format -d 'The language of a design or of manifests; otherwise JSON where the name of the file ends so' -r -f -a "yaml\t''
json\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -s o -l output -d 'File or directory to write to (a directory is one that exists or ends with `/`), or `oci://…` to push to' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -l environment -d 'Environments to make overlays for; `NAME=DESIGN` makes patches of what a file or saved design says otherwise' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -l account -d 'Write what became of every key of Compose files, or of every value on the way to one, as JSON' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -l repo -d 'Repository that the manifests lie in, or `oci://…`; otherwise the one that the files given with `-f` lie in' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -l revision -d 'Branch, tag or commit to follow' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -l path -d 'Directory of the repository that holds the manifests, a kustomization or a chart' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -s s -l source-type -d 'What the input is, where that is not to be found out: design, kubernetes, helm, kustomize or compose (Meshery\'s names such as "Helm Chart" are taken too)' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -l values -d 'Values for charts, from a file or `-`; later ones win' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -l set -d 'Set a value of charts: `a.b=1,c[0]=x`' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -l set-string -d 'Set a value that stays a string' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -l set-file -d 'Set a value to what a file holds' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -l set-json -d 'Set a value to JSON' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -l set-literal -d 'Set a value to exactly this text' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -l release -d 'Name of the release; otherwise that of the chart' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -s n -l namespace -d 'Namespace of the release [default: default]' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -l kube-version -d 'Version of Kubernetes that charts are told' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -l api-versions -d 'Further API versions that charts are told the cluster has' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -l seed -d 'What random functions of charts begin with: the same seed gives the same passwords and certificates' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -l profile -d 'Profiles of a Compose project to enable; `*` is all of them' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -l env-file -d 'Variables of a Compose project, in place of its `.env`' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -s R -l recursive -d 'Read the directories below too'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -l original -d 'Give back the files that were imported, byte for byte'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -l force -d 'Write into a directory that holds something already'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -l skip-crds -d 'Leave out what a chart has in `crds/`'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -l skip-tests -d 'Leave out what a chart has for `helm test`'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -l no-hooks -d 'Leave out hooks of charts'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -l fetch-dependencies -d 'Fetch dependencies that a chart does not have in `charts/`, in the versions of its Chart.lock; nothing is written'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -l kubernetes-version -d 'Version of Kubernetes [default: the project\'s, the user\'s, else the newest built in]' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -l crds -d 'File, directory or glob with CustomResourceDefinitions; may be given several times' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -s o -l output -d 'How to show it' -r -f -a "human\t'Grouped by object, for people'
json\t'The whole answer as data'
unified\t'Canonical YAML of both sides as a unified diff'
markdown\t'For comments in pull requests'
name\t'The changed objects, one a line'"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -l context -d 'Lines around a change, in the `unified` output and in texts of several lines' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -l ignore-path -d 'Leave out fields: `metadata.annotations[helm.sh/*]`, `**.image`, `Deployment:spec.replicas`' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -s s -l source-type -d 'What the input is, where that is not to be found out: design, kubernetes, helm, kustomize or compose (Meshery\'s names such as "Helm Chart" are taken too)' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -l values -d 'Values for charts, from a file or `-`; later ones win' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -l set -d 'Set a value of charts: `a.b=1,c[0]=x`' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -l set-string -d 'Set a value that stays a string' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -l set-file -d 'Set a value to what a file holds' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -l set-json -d 'Set a value to JSON' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -l set-literal -d 'Set a value to exactly this text' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -l release -d 'Name of the release; otherwise that of the chart' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -s n -l namespace -d 'Namespace of the release [default: default]' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -l kube-version -d 'Version of Kubernetes that charts are told' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -l api-versions -d 'Further API versions that charts are told the cluster has' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -l seed -d 'What random functions of charts begin with: the same seed gives the same passwords and certificates' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -l profile -d 'Profiles of a Compose project to enable; `*` is all of them' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -l env-file -d 'Variables of a Compose project, in place of its `.env`' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -s R -l recursive -d 'Read the directories below too'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -l show-defaults -d 'Tell a field that spells out its default from an absent one'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -l skip-crds -d 'Leave out what a chart has in `crds/`'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -l skip-tests -d 'Leave out what a chart has for `helm test`'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -l no-hooks -d 'Leave out hooks of charts'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -l fetch-dependencies -d 'Fetch dependencies that a chart does not have in `charts/`, in the versions of its Chart.lock; nothing is written'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -s f -l file -d 'File, directory, archive, glob, URL, `DIR@REVISION:PATH`, or `-` for standard input; may be given several times' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l kubernetes-version -d 'Version of Kubernetes [default: the project\'s, the user\'s, else the newest built in]' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l crds -d 'File, directory or glob with CustomResourceDefinitions; may be given several times' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l allow-external -d 'What references may point at although the input does not define it: `Secret/tls-*`, `ConfigMap/*`, `all`' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l fail-on -d 'The least severity that makes the answer no' -r -f -a "error\t''
warning\t''
info\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -s o -l output -d 'How to show it' -r -f -a "human\t'With the line each finding is about'
short\t'A line for each finding'
json\t'docs/schemas/validate-report.json describes it'
sarif\t'SARIF 2.1.0, for code scanning'
junit\t'JUnit XML, for test reports'
github\t'Workflow commands that annotate pull requests'
tap\t'TAP version 14'
markdown\t'A table for pull requests'"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -s s -l source-type -d 'What the input is, where that is not to be found out: design, kubernetes, helm, kustomize or compose (Meshery\'s names such as "Helm Chart" are taken too)' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l values -d 'Values for charts, from a file or `-`; later ones win' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l set -d 'Set a value of charts: `a.b=1,c[0]=x`' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l set-string -d 'Set a value that stays a string' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l set-file -d 'Set a value to what a file holds' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l set-json -d 'Set a value to JSON' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l set-literal -d 'Set a value to exactly this text' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l release -d 'Name of the release; otherwise that of the chart' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -s n -l namespace -d 'Namespace of the release [default: default]' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l kube-version -d 'Version of Kubernetes that charts are told' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l api-versions -d 'Further API versions that charts are told the cluster has' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l seed -d 'What random functions of charts begin with: the same seed gives the same passwords and certificates' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l profile -d 'Profiles of a Compose project to enable; `*` is all of them' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l env-file -d 'Variables of a Compose project, in place of its `.env`' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -s R -l recursive -d 'Read the directories below too'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l fix -d 'Apply the fixes that are certain to the files, then judge again'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l strict -d 'Warnings fail too, and so does what could not be validated'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l skip-crds -d 'Leave out what a chart has in `crds/`'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l skip-tests -d 'Leave out what a chart has for `helm test`'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l no-hooks -d 'Leave out hooks of charts'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l fetch-dependencies -d 'Fetch dependencies that a chart does not have in `charts/`, in the versions of its Chart.lock; nothing is written'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand pattern; and __fish_seen_subcommand_from validate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -s h -l help -d 'Print help'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -f -a "import" -d 'Save manifests, a chart, a kustomization, a Compose project or a design file as a design'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -f -a "list" -d 'List saved designs'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -f -a "view" -d 'Show a saved design'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -f -a "history" -d 'Show the versions of a saved design, newest first'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -f -a "tag" -d 'Give a version of a saved design a semantic version as its tag'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -f -a "rollback" -d 'Make an earlier version of a saved design the newest one'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -f -a "rename" -d 'Give a saved design another name'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -f -a "delete" -d 'Delete saved designs with all their versions'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -f -a "export" -d 'Write a saved design, or whatever `-f` takes without saving it, in another format'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -f -a "diff" -d 'Show what changes from one design to another'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and not __fish_seen_subcommand_from import list view history tag rollback rename delete export diff validate" -f -a "validate" -d 'Check manifests, designs, charts, kustomizations and Compose files against Kubernetes\' schemas and rules'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -s f -l file -d 'File, directory, archive, glob, URL, `DIR@REVISION:PATH`, or `-` for standard input; may be given several times' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -l name -d 'Name to save under; otherwise that of the design, the file or the directory' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -s m -l message -d 'What this version is about' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -s o -l output -d 'How to show the answer' -r -f -a "text\t'For people'
json\t'The whole answer as data'
yaml\t'The same in YAML'
name\t'The name only'"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -l account -d 'Write what became of every key of Compose files, as JSON' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -s s -l source-type -d 'What the input is, where that is not to be found out: design, kubernetes, helm, kustomize or compose (Meshery\'s names such as "Helm Chart" are taken too)' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -l values -d 'Values for charts, from a file or `-`; later ones win' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -l set -d 'Set a value of charts: `a.b=1,c[0]=x`' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -l set-string -d 'Set a value that stays a string' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -l set-file -d 'Set a value to what a file holds' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -l set-json -d 'Set a value to JSON' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -l set-literal -d 'Set a value to exactly this text' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -l release -d 'Name of the release; otherwise that of the chart' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -s n -l namespace -d 'Namespace of the release [default: default]' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -l kube-version -d 'Version of Kubernetes that charts are told' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -l api-versions -d 'Further API versions that charts are told the cluster has' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -l seed -d 'What random functions of charts begin with: the same seed gives the same passwords and certificates' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -l profile -d 'Profiles of a Compose project to enable; `*` is all of them' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -l env-file -d 'Variables of a Compose project, in place of its `.env`' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -s R -l recursive -d 'Read the directories below too'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -l new -d 'Refuse a name that is saved already'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -l skip-crds -d 'Leave out what a chart has in `crds/`'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -l skip-tests -d 'Leave out what a chart has for `helm test`'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -l no-hooks -d 'Leave out hooks of charts'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -l fetch-dependencies -d 'Fetch dependencies that a chart does not have in `charts/`, in the versions of its Chart.lock; nothing is written'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from list" -s o -l output -d 'How to show it' -r -f -a "table\t'Columns for people'
wide\t'More columns'
json\t'The whole answer as data'
yaml\t'The same in YAML'
name\t'One name a line'"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from list" -l sort -d 'What comes first: names in order, or what changed last' -r -f -a "name\t''
updated\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from list" -l page -d 'Which page, counted from 1' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from list" -l pagesize -d 'Designs a page; 0 shows all' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from list" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from list" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from list" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from view" -s o -l output -d 'How to show it' -r -f -a "yaml\t''
json\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from view" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from view" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from view" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from view" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from view" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from view" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from history" -s o -l output -d 'How to show it; `name` prints references such as `shop@3`' -r -f -a "table\t'Columns for people'
wide\t'More columns'
json\t'The whole answer as data'
yaml\t'The same in YAML'
name\t'One name a line'"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from history" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from history" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from history" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from history" -l changes -d 'Show everything that was done instead: saves, tags, renames, rollbacks'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from history" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from history" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from history" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from tag" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from tag" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from tag" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from tag" -l force -d 'Move the tag if it stands at another version'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from tag" -s d -l delete -d 'Take the tag away'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from tag" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from tag" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from tag" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from rollback" -s m -l message -d 'Why' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from rollback" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from rollback" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from rollback" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from rollback" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from rollback" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from rollback" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from rename" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from rename" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from rename" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from rename" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from rename" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from rename" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from delete" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from delete" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from delete" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Do not ask'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -s f -l file -d 'Convert these instead: file, directory, archive, glob, URL, `DIR@REVISION:PATH`, or `-` for standard input; may be given several times' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -l format -d 'What to write' -r -f -a "design\t'Meshery\'s design file'
kubernetes\t'Manifests'
helm\t'A Helm chart'
kustomize\t'A kustomization'
compose\t'A Compose file'
argocd\t'An Argo CD Application'
flux\t'A Flux repository and Kustomization'
oci\t'An artifact for registries'"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -l output-format -d 'The language of a design or of manifests; otherwise JSON where the name of the file ends so' -r -f -a "yaml\t''
json\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -s o -l output -d 'File or directory to write to (a directory is one that exists or ends with `/`), or `oci://…` to push to' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -l environment -d 'Environments to make overlays for; `NAME=DESIGN` makes patches of what a file or saved design says otherwise' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -l account -d 'Write what became of every key of Compose files, or of every value on the way to one, as JSON' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -l repo -d 'Repository that the manifests lie in, or `oci://…`; otherwise the one that the files given with `-f` lie in' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -l revision -d 'Branch, tag or commit to follow' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -l path -d 'Directory of the repository that holds the manifests, a kustomization or a chart' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -s s -l source-type -d 'What the input is, where that is not to be found out: design, kubernetes, helm, kustomize or compose (Meshery\'s names such as "Helm Chart" are taken too)' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -l values -d 'Values for charts, from a file or `-`; later ones win' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -l set -d 'Set a value of charts: `a.b=1,c[0]=x`' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -l set-string -d 'Set a value that stays a string' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -l set-file -d 'Set a value to what a file holds' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -l set-json -d 'Set a value to JSON' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -l set-literal -d 'Set a value to exactly this text' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -l release -d 'Name of the release; otherwise that of the chart' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -s n -l namespace -d 'Namespace of the release [default: default]' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -l kube-version -d 'Version of Kubernetes that charts are told' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -l api-versions -d 'Further API versions that charts are told the cluster has' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -l seed -d 'What random functions of charts begin with: the same seed gives the same passwords and certificates' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -l profile -d 'Profiles of a Compose project to enable; `*` is all of them' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -l env-file -d 'Variables of a Compose project, in place of its `.env`' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -s R -l recursive -d 'Read the directories below too'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -l original -d 'Give back the files that were imported, byte for byte'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -l force -d 'Write into a directory that holds something already'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -l skip-crds -d 'Leave out what a chart has in `crds/`'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -l skip-tests -d 'Leave out what a chart has for `helm test`'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -l no-hooks -d 'Leave out hooks of charts'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -l fetch-dependencies -d 'Fetch dependencies that a chart does not have in `charts/`, in the versions of its Chart.lock; nothing is written'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -l kubernetes-version -d 'Version of Kubernetes [default: the project\'s, the user\'s, else the newest built in]' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -l crds -d 'File, directory or glob with CustomResourceDefinitions; may be given several times' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -s o -l output -d 'How to show it' -r -f -a "human\t'Grouped by object, for people'
json\t'The whole answer as data'
unified\t'Canonical YAML of both sides as a unified diff'
markdown\t'For comments in pull requests'
name\t'The changed objects, one a line'"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -l context -d 'Lines around a change, in the `unified` output and in texts of several lines' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -l ignore-path -d 'Leave out fields: `metadata.annotations[helm.sh/*]`, `**.image`, `Deployment:spec.replicas`' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -s s -l source-type -d 'What the input is, where that is not to be found out: design, kubernetes, helm, kustomize or compose (Meshery\'s names such as "Helm Chart" are taken too)' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -l values -d 'Values for charts, from a file or `-`; later ones win' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -l set -d 'Set a value of charts: `a.b=1,c[0]=x`' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -l set-string -d 'Set a value that stays a string' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -l set-file -d 'Set a value to what a file holds' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -l set-json -d 'Set a value to JSON' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -l set-literal -d 'Set a value to exactly this text' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -l release -d 'Name of the release; otherwise that of the chart' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -s n -l namespace -d 'Namespace of the release [default: default]' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -l kube-version -d 'Version of Kubernetes that charts are told' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -l api-versions -d 'Further API versions that charts are told the cluster has' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -l seed -d 'What random functions of charts begin with: the same seed gives the same passwords and certificates' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -l profile -d 'Profiles of a Compose project to enable; `*` is all of them' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -l env-file -d 'Variables of a Compose project, in place of its `.env`' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -s R -l recursive -d 'Read the directories below too'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -l show-defaults -d 'Tell a field that spells out its default from an absent one'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -l skip-crds -d 'Leave out what a chart has in `crds/`'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -l skip-tests -d 'Leave out what a chart has for `helm test`'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -l no-hooks -d 'Leave out hooks of charts'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -l fetch-dependencies -d 'Fetch dependencies that a chart does not have in `charts/`, in the versions of its Chart.lock; nothing is written'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -s f -l file -d 'File, directory, archive, glob, URL, `DIR@REVISION:PATH`, or `-` for standard input; may be given several times' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l kubernetes-version -d 'Version of Kubernetes [default: the project\'s, the user\'s, else the newest built in]' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l crds -d 'File, directory or glob with CustomResourceDefinitions; may be given several times' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l allow-external -d 'What references may point at although the input does not define it: `Secret/tls-*`, `ConfigMap/*`, `all`' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l fail-on -d 'The least severity that makes the answer no' -r -f -a "error\t''
warning\t''
info\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -s o -l output -d 'How to show it' -r -f -a "human\t'With the line each finding is about'
short\t'A line for each finding'
json\t'docs/schemas/validate-report.json describes it'
sarif\t'SARIF 2.1.0, for code scanning'
junit\t'JUnit XML, for test reports'
github\t'Workflow commands that annotate pull requests'
tap\t'TAP version 14'
markdown\t'A table for pull requests'"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -s s -l source-type -d 'What the input is, where that is not to be found out: design, kubernetes, helm, kustomize or compose (Meshery\'s names such as "Helm Chart" are taken too)' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l values -d 'Values for charts, from a file or `-`; later ones win' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l set -d 'Set a value of charts: `a.b=1,c[0]=x`' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l set-string -d 'Set a value that stays a string' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l set-file -d 'Set a value to what a file holds' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l set-json -d 'Set a value to JSON' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l set-literal -d 'Set a value to exactly this text' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l release -d 'Name of the release; otherwise that of the chart' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -s n -l namespace -d 'Namespace of the release [default: default]' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l kube-version -d 'Version of Kubernetes that charts are told' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l api-versions -d 'Further API versions that charts are told the cluster has' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l seed -d 'What random functions of charts begin with: the same seed gives the same passwords and certificates' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l profile -d 'Profiles of a Compose project to enable; `*` is all of them' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l env-file -d 'Variables of a Compose project, in place of its `.env`' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -s R -l recursive -d 'Read the directories below too'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l fix -d 'Apply the fixes that are certain to the files, then judge again'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l strict -d 'Warnings fail too, and so does what could not be validated'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l skip-crds -d 'Leave out what a chart has in `crds/`'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l skip-tests -d 'Leave out what a chart has for `helm test`'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l no-hooks -d 'Leave out hooks of charts'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand design; and __fish_seen_subcommand_from validate" -l fetch-dependencies -d 'Fetch dependencies that a chart does not have in `charts/`, in the versions of its Chart.lock; nothing is written'
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
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from list" -l kubernetes-version -d 'Version of Kubernetes [default: the project\'s, the user\'s, else the newest built in]' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from list" -l crds -d 'File, directory or glob with CustomResourceDefinitions; may be given several times' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from list" -s o -l output -d 'How to show it' -r -f -a "table\t'Columns for people'
wide\t'More columns'
json\t'The whole answer as data'
yaml\t'The same in YAML'
name\t'One name a line'"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from list" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from list" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from list" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from view" -l kubernetes-version -d 'Version of Kubernetes [default: the project\'s, the user\'s, else the newest built in]' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from view" -l crds -d 'File, directory or glob with CustomResourceDefinitions; may be given several times' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from view" -s o -l output -d 'How to show it' -r -f -a "text\t'For people'
json\t'The whole answer as data'
yaml\t'The same in YAML'"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from view" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from view" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from view" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from view" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from view" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from view" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from search" -l kubernetes-version -d 'Version of Kubernetes [default: the project\'s, the user\'s, else the newest built in]' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from search" -l crds -d 'File, directory or glob with CustomResourceDefinitions; may be given several times' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand model; and __fish_seen_subcommand_from search" -s o -l output -d 'How to show it' -r -f -a "table\t'Columns for people'
wide\t'More columns'
json\t'The whole answer as data'
yaml\t'The same in YAML'
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
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from list" -l kubernetes-version -d 'Version of Kubernetes [default: the project\'s, the user\'s, else the newest built in]' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from list" -l crds -d 'File, directory or glob with CustomResourceDefinitions; may be given several times' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from list" -s o -l output -d 'How to show it' -r -f -a "table\t'Columns for people'
wide\t'More columns'
json\t'The whole answer as data'
yaml\t'The same in YAML'
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
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from view" -l kubernetes-version -d 'Version of Kubernetes [default: the project\'s, the user\'s, else the newest built in]' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from view" -l crds -d 'File, directory or glob with CustomResourceDefinitions; may be given several times' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from view" -s o -l output -d 'How to show it' -r -f -a "text\t'For people'
json\t'The whole answer as data'
yaml\t'The same in YAML'"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from view" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from view" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from view" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from view" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from view" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from view" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from search" -l kubernetes-version -d 'Version of Kubernetes [default: the project\'s, the user\'s, else the newest built in]' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from search" -l crds -d 'File, directory or glob with CustomResourceDefinitions; may be given several times' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand component; and __fish_seen_subcommand_from search" -s o -l output -d 'How to show it' -r -f -a "table\t'Columns for people'
wide\t'More columns'
json\t'The whole answer as data'
yaml\t'The same in YAML'
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
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand explain" -l kubernetes-version -d 'Version of Kubernetes [default: the project\'s, the user\'s, else the newest built in]' -r
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand explain" -l crds -d 'File, directory or glob with CustomResourceDefinitions; may be given several times' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand explain" -s o -l output -d 'How to show it' -r -f -a "text\t'For people'
json\t'The whole answer as data'
yaml\t'The same in YAML'"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand explain" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand explain" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand explain" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand explain" -s R -l recursive -d 'All fields below, names and types only'
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
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand registry; and __fish_seen_subcommand_from generate" -s o -l output -d 'Directory to write `kubernetes.pack` and `kubernetes.descriptions.pack` into' -r -F
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
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand registry; and __fish_seen_subcommand_from provenance" -s h -l help -d 'Print help (see more with \'--help\')'
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
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and __fish_seen_subcommand_from view" -s o -l output -d 'How to show it' -r -f -a "text\t'For people'
json\t'The whole answer as data'
yaml\t'The same in YAML'"
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
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand config; and __fish_seen_subcommand_from explain" -s o -l output -d 'How to show it' -r -f -a "text\t'For people'
json\t'The whole answer as data'
yaml\t'The same in YAML'"
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
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand version" -s o -l output -d 'How to show it' -r -f -a "text\t'For people'
json\t'The whole answer as data'
yaml\t'The same in YAML'"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand version" -l color -d 'When to use colour (NO_COLOR is honoured)' -r -f -a "auto\t''
always\t''
never\t''"
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand version" -l data-dir -d 'Where saved designs live' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand version" -l config -d 'Configuration file to use instead of the user\'s' -r -F
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand version" -s q -l quiet -d 'Print less: no notes, no progress'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand version" -l no-input -d 'Never ask; fail and say which flag answers instead'
complete -c mesheryctl -n "__fish_mesheryctl_using_subcommand version" -s h -l help -d 'Print help (see more with \'--help\')'
