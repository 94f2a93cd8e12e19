; Windows: Trailglass is offered under "Open with" for logs and archives, and in the menu of a folder. What opens them by default stays.

!macro registerOpenWith EXTENSION
  WriteRegStr SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}\SupportedTypes" "${EXTENSION}" ""
!macroend

!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}" "FriendlyAppName" "${PRODUCT_NAME}"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
  !insertmacro registerOpenWith ".json"
  !insertmacro registerOpenWith ".jsonl"
  !insertmacro registerOpenWith ".ndjson"
  !insertmacro registerOpenWith ".gz"
  !insertmacro registerOpenWith ".tgz"
  !insertmacro registerOpenWith ".zip"
  !insertmacro registerOpenWith ".tar"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Directory\shell\${PRODUCT_NAME}" "" "Open with ${PRODUCT_NAME}"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Directory\shell\${PRODUCT_NAME}" "Icon" "$INSTDIR\${APP_EXECUTABLE_FILENAME}"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Directory\shell\${PRODUCT_NAME}\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
!macroend

!macro customUnInstall
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Directory\shell\${PRODUCT_NAME}"
!macroend
