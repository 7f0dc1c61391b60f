{{/* Labels that select the operator's pods. */}}
{{- define "weir.selector" -}}
app.kubernetes.io/name: weir
app.kubernetes.io/component: operator
{{- end }}

{{/* Labels of everything in this chart. */}}
{{- define "weir.labels" -}}
{{ include "weir.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{/* The Secret that holds the command key. */}}
{{- define "weir.commandKeySecret" -}}
{{ .Values.commandKey.existingSecret | default "weir-command-key" }}
{{- end }}
