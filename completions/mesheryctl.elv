
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
