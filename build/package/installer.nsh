; The packager's own associations would make Scholium the program for every Markdown file. It only offers
; itself for them, under "Open with"; libraries alone are its own.
!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\Scholium.Document" "" "Document to open in Scholium"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Scholium.Document\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
  WriteRegStr SHELL_CONTEXT "Software\Classes\.md\OpenWithProgids" "Scholium.Document" ""
  WriteRegStr SHELL_CONTEXT "Software\Classes\.ipynb\OpenWithProgids" "Scholium.Document" ""
!macroend

!macro customUnInstall
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.md\OpenWithProgids" "Scholium.Document"
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.ipynb\OpenWithProgids" "Scholium.Document"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Scholium.Document"
!macroend
