
use builtin;
use str;

set edit:completion:arg-completer[mesheryctl] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'mesheryctl'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'mesheryctl'= {
            cand --color 'When to use colour (NO_COLOR is honoured)'
            cand --data-dir 'Where saved designs live'
            cand --config 'Configuration file to use instead of the user''s'
            cand -q 'Print less: no notes, no progress'
            cand --quiet 'Print less: no notes, no progress'
            cand --no-input 'Never ask; fail and say which flag answers instead'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand pattern 'Work with designs: import, validate, compare, export, keep their history'
            cand design 'Work with designs: import, validate, compare, export, keep their history'
            cand model 'Look at models: products and the kinds they bring'
            cand component 'Look at components: the kinds that designs are made of'
            cand explain 'Explain a kind, one of its fields, or the code of a finding'
            cand registry 'Look at the built-in definitions, or produce them'
            cand config 'Show and change the configuration'
            cand completion 'Print a completion script for a shell'
            cand man 'Write the manual pages into a directory'
            cand version 'Show the version, and what is built in'
        }
        &'mesheryctl;pattern'= {
            cand --color 'When to use colour (NO_COLOR is honoured)'
            cand --data-dir 'Where saved designs live'
            cand --config 'Configuration file to use instead of the user''s'
            cand -q 'Print less: no notes, no progress'
            cand --quiet 'Print less: no notes, no progress'
            cand --no-input 'Never ask; fail and say which flag answers instead'
            cand -h 'Print help'
            cand --help 'Print help'
            cand validate 'Check manifests and designs against Kubernetes'' schemas and rules'
        }
        &'mesheryctl;design'= {
            cand --color 'When to use colour (NO_COLOR is honoured)'
            cand --data-dir 'Where saved designs live'
            cand --config 'Configuration file to use instead of the user''s'
            cand -q 'Print less: no notes, no progress'
            cand --quiet 'Print less: no notes, no progress'
            cand --no-input 'Never ask; fail and say which flag answers instead'
            cand -h 'Print help'
            cand --help 'Print help'
            cand validate 'Check manifests and designs against Kubernetes'' schemas and rules'
        }
        &'mesheryctl;pattern;validate'= {
            cand -f 'File, directory, glob or `-` for standard input'
            cand --filename 'File, directory, glob or `-` for standard input'
            cand --color 'When to use colour (NO_COLOR is honoured)'
            cand --data-dir 'Where saved designs live'
            cand --config 'Configuration file to use instead of the user''s'
            cand -R 'Read the directories below too'
            cand --recursive 'Read the directories below too'
            cand -q 'Print less: no notes, no progress'
            cand --quiet 'Print less: no notes, no progress'
            cand --no-input 'Never ask; fail and say which flag answers instead'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mesheryctl;design;validate'= {
            cand -f 'File, directory, glob or `-` for standard input'
            cand --filename 'File, directory, glob or `-` for standard input'
            cand --color 'When to use colour (NO_COLOR is honoured)'
            cand --data-dir 'Where saved designs live'
            cand --config 'Configuration file to use instead of the user''s'
            cand -R 'Read the directories below too'
            cand --recursive 'Read the directories below too'
            cand -q 'Print less: no notes, no progress'
            cand --quiet 'Print less: no notes, no progress'
            cand --no-input 'Never ask; fail and say which flag answers instead'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mesheryctl;model'= {
            cand --color 'When to use colour (NO_COLOR is honoured)'
            cand --data-dir 'Where saved designs live'
            cand --config 'Configuration file to use instead of the user''s'
            cand -q 'Print less: no notes, no progress'
            cand --quiet 'Print less: no notes, no progress'
            cand --no-input 'Never ask; fail and say which flag answers instead'
            cand -h 'Print help'
            cand --help 'Print help'
            cand list 'List the models: Kubernetes, and the groups of the given CustomResourceDefinitions'
            cand view 'Show one model and its components'
            cand search 'Find models by a part of their names or of the kinds they hold'
        }
        &'mesheryctl;model;list'= {
            cand --kubernetes-version 'The version of Kubernetes [default: the configured one, else the newest built in]'
            cand --crds 'File, directory or glob with CustomResourceDefinitions'
            cand -o 'How to show them'
            cand --output 'How to show them'
            cand --color 'When to use colour (NO_COLOR is honoured)'
            cand --data-dir 'Where saved designs live'
            cand --config 'Configuration file to use instead of the user''s'
            cand -q 'Print less: no notes, no progress'
            cand --quiet 'Print less: no notes, no progress'
            cand --no-input 'Never ask; fail and say which flag answers instead'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mesheryctl;model;view'= {
            cand --kubernetes-version 'The version of Kubernetes [default: the configured one, else the newest built in]'
            cand --crds 'File, directory or glob with CustomResourceDefinitions'
            cand -o 'How to show it'
            cand --output 'How to show it'
            cand --color 'When to use colour (NO_COLOR is honoured)'
            cand --data-dir 'Where saved designs live'
            cand --config 'Configuration file to use instead of the user''s'
            cand -q 'Print less: no notes, no progress'
            cand --quiet 'Print less: no notes, no progress'
            cand --no-input 'Never ask; fail and say which flag answers instead'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mesheryctl;model;search'= {
            cand --kubernetes-version 'The version of Kubernetes [default: the configured one, else the newest built in]'
            cand --crds 'File, directory or glob with CustomResourceDefinitions'
            cand -o 'How to show them'
            cand --output 'How to show them'
            cand --color 'When to use colour (NO_COLOR is honoured)'
            cand --data-dir 'Where saved designs live'
            cand --config 'Configuration file to use instead of the user''s'
            cand -q 'Print less: no notes, no progress'
            cand --quiet 'Print less: no notes, no progress'
            cand --no-input 'Never ask; fail and say which flag answers instead'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mesheryctl;component'= {
            cand --color 'When to use colour (NO_COLOR is honoured)'
            cand --data-dir 'Where saved designs live'
            cand --config 'Configuration file to use instead of the user''s'
            cand -q 'Print less: no notes, no progress'
            cand --quiet 'Print less: no notes, no progress'
            cand --no-input 'Never ask; fail and say which flag answers instead'
            cand -h 'Print help'
            cand --help 'Print help'
            cand list 'List the kinds that designs can hold'
            cand view 'Show one kind: its names, scope, life and top-level fields'
            cand search 'Find kinds by a part of their names or of what is said of them'
        }
        &'mesheryctl;component;list'= {
            cand --model 'Only those of this model'
            cand --kubernetes-version 'The version of Kubernetes [default: the configured one, else the newest built in]'
            cand --crds 'File, directory or glob with CustomResourceDefinitions'
            cand -o 'How to show them'
            cand --output 'How to show them'
            cand --color 'When to use colour (NO_COLOR is honoured)'
            cand --data-dir 'Where saved designs live'
            cand --config 'Configuration file to use instead of the user''s'
            cand -q 'Print less: no notes, no progress'
            cand --quiet 'Print less: no notes, no progress'
            cand --no-input 'Never ask; fail and say which flag answers instead'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mesheryctl;component;view'= {
            cand --api-version 'The version of the API meant, as manifests write it [default: the best]'
            cand --kubernetes-version 'The version of Kubernetes [default: the configured one, else the newest built in]'
            cand --crds 'File, directory or glob with CustomResourceDefinitions'
            cand -o 'How to show it'
            cand --output 'How to show it'
            cand --color 'When to use colour (NO_COLOR is honoured)'
            cand --data-dir 'Where saved designs live'
            cand --config 'Configuration file to use instead of the user''s'
            cand -q 'Print less: no notes, no progress'
            cand --quiet 'Print less: no notes, no progress'
            cand --no-input 'Never ask; fail and say which flag answers instead'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mesheryctl;component;search'= {
            cand --kubernetes-version 'The version of Kubernetes [default: the configured one, else the newest built in]'
            cand --crds 'File, directory or glob with CustomResourceDefinitions'
            cand -o 'How to show them'
            cand --output 'How to show them'
            cand --color 'When to use colour (NO_COLOR is honoured)'
            cand --data-dir 'Where saved designs live'
            cand --config 'Configuration file to use instead of the user''s'
            cand -q 'Print less: no notes, no progress'
            cand --quiet 'Print less: no notes, no progress'
            cand --no-input 'Never ask; fail and say which flag answers instead'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mesheryctl;explain'= {
            cand --api-version 'The version of the API meant, as manifests write it [default: the best]'
            cand --kubernetes-version 'The version of Kubernetes [default: the configured one, else the newest built in]'
            cand --crds 'File, directory or glob with CustomResourceDefinitions'
            cand -o 'How to show it'
            cand --output 'How to show it'
            cand --color 'When to use colour (NO_COLOR is honoured)'
            cand --data-dir 'Where saved designs live'
            cand --config 'Configuration file to use instead of the user''s'
            cand --recursive 'All fields below, names and types only'
            cand -q 'Print less: no notes, no progress'
            cand --quiet 'Print less: no notes, no progress'
            cand --no-input 'Never ask; fail and say which flag answers instead'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mesheryctl;registry'= {
            cand --color 'When to use colour (NO_COLOR is honoured)'
            cand --data-dir 'Where saved designs live'
            cand --config 'Configuration file to use instead of the user''s'
            cand -q 'Print less: no notes, no progress'
            cand --quiet 'Print less: no notes, no progress'
            cand --no-input 'Never ask; fail and say which flag answers instead'
            cand -h 'Print help'
            cand --help 'Print help'
            cand generate 'Produce the built-in definitions from Kubernetes'' own documents'
            cand provenance 'Show which releases of Kubernetes the built-in definitions were taken from'
        }
        &'mesheryctl;registry;generate'= {
            cand --kubernetes 'Source folder of a release, named like `kubernetes@v1.37.1`; once for each release'
            cand --api 'Source folder of its API types, named like `api@v0.37.1`; as many as releases, in the same order'
            cand --discovery 'Aggregated discovery document of a running server, which alone tells short names'
            cand --output 'Directory to write `kubernetes.pack` and `kubernetes.descriptions.pack` into'
            cand --color 'When to use colour (NO_COLOR is honoured)'
            cand --data-dir 'Where saved designs live'
            cand --config 'Configuration file to use instead of the user''s'
            cand -q 'Print less: no notes, no progress'
            cand --quiet 'Print less: no notes, no progress'
            cand --no-input 'Never ask; fail and say which flag answers instead'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mesheryctl;registry;provenance'= {
            cand --color 'When to use colour (NO_COLOR is honoured)'
            cand --data-dir 'Where saved designs live'
            cand --config 'Configuration file to use instead of the user''s'
            cand -q 'Print less: no notes, no progress'
            cand --quiet 'Print less: no notes, no progress'
            cand --no-input 'Never ask; fail and say which flag answers instead'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mesheryctl;config'= {
            cand --color 'When to use colour (NO_COLOR is honoured)'
            cand --data-dir 'Where saved designs live'
            cand --config 'Configuration file to use instead of the user''s'
            cand -q 'Print less: no notes, no progress'
            cand --quiet 'Print less: no notes, no progress'
            cand --no-input 'Never ask; fail and say which flag answers instead'
            cand -h 'Print help'
            cand --help 'Print help'
            cand view 'Show the configuration in force and Meshery''s contexts'
            cand set 'Set a key in your own configuration file, or remove it'
            cand explain 'Show where the value of a key comes from'
        }
        &'mesheryctl;config;view'= {
            cand -o 'How to show it'
            cand --output 'How to show it'
            cand --color 'When to use colour (NO_COLOR is honoured)'
            cand --data-dir 'Where saved designs live'
            cand --config 'Configuration file to use instead of the user''s'
            cand -q 'Print less: no notes, no progress'
            cand --quiet 'Print less: no notes, no progress'
            cand --no-input 'Never ask; fail and say which flag answers instead'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mesheryctl;config;set'= {
            cand --color 'When to use colour (NO_COLOR is honoured)'
            cand --data-dir 'Where saved designs live'
            cand --config 'Configuration file to use instead of the user''s'
            cand --unset 'Remove the key from the file'
            cand -q 'Print less: no notes, no progress'
            cand --quiet 'Print less: no notes, no progress'
            cand --no-input 'Never ask; fail and say which flag answers instead'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mesheryctl;config;explain'= {
            cand --color 'When to use colour (NO_COLOR is honoured)'
            cand --data-dir 'Where saved designs live'
            cand --config 'Configuration file to use instead of the user''s'
            cand -q 'Print less: no notes, no progress'
            cand --quiet 'Print less: no notes, no progress'
            cand --no-input 'Never ask; fail and say which flag answers instead'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mesheryctl;completion'= {
            cand --color 'When to use colour (NO_COLOR is honoured)'
            cand --data-dir 'Where saved designs live'
            cand --config 'Configuration file to use instead of the user''s'
            cand --static 'A script that does not run mesheryctl'
            cand -q 'Print less: no notes, no progress'
            cand --quiet 'Print less: no notes, no progress'
            cand --no-input 'Never ask; fail and say which flag answers instead'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mesheryctl;man'= {
            cand --dir 'Where to; made when it is not there'
            cand --color 'When to use colour (NO_COLOR is honoured)'
            cand --data-dir 'Where saved designs live'
            cand --config 'Configuration file to use instead of the user''s'
            cand -q 'Print less: no notes, no progress'
            cand --quiet 'Print less: no notes, no progress'
            cand --no-input 'Never ask; fail and say which flag answers instead'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mesheryctl;version'= {
            cand -o 'How to show it'
            cand --output 'How to show it'
            cand --color 'When to use colour (NO_COLOR is honoured)'
            cand --data-dir 'Where saved designs live'
            cand --config 'Configuration file to use instead of the user''s'
            cand -q 'Print less: no notes, no progress'
            cand --quiet 'Print less: no notes, no progress'
            cand --no-input 'Never ask; fail and say which flag answers instead'
            cand -h 'Print help'
            cand --help 'Print help'
        }
    ]
    $completions[$command]
}
