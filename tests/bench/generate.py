#!/usr/bin/env python3
"""Writes made-up applications of 8 Kubernetes objects each: `generate.py RESOURCES DIRECTORY`.

DIRECTORY/files has a file for each application, DIRECTORY/one.yaml all of them. The same number gives the same bytes.
"""

import pathlib
import sys

APP = """\
apiVersion: v1
kind: ServiceAccount
metadata:
  name: app-{n}
  namespace: team-{team}
  labels: {{app: app-{n}}}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: app-{n}-settings
  namespace: team-{team}
data:
  LOG_LEVEL: info
  CACHE_SECONDS: "{cache}"
  application.properties: |
    server.port=8080
    server.name=app-{n}
    pool.size={pool}
---
apiVersion: v1
kind: Secret
metadata:
  name: app-{n}-login
  namespace: team-{team}
type: Opaque
stringData:
  user: app-{n}
  password: not-a-password
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-{n}
  namespace: team-{team}
  labels:
    app: app-{n}
    tier: web
spec:
  replicas: {replicas}
  selector:
    matchLabels:
      app: app-{n}
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: 25%
      maxUnavailable: 0
  template:
    metadata:
      labels:
        app: app-{n}
        tier: web
    spec:
      serviceAccountName: app-{n}
      securityContext:
        runAsNonRoot: true
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: app
          image: registry.example.com/team-{team}/app-{n}:1.{pool}.0
          ports:
            - name: http
              containerPort: 8080
          envFrom:
            - configMapRef:
                name: app-{n}-settings
          env:
            - name: PASSWORD
              valueFrom:
                secretKeyRef:
                  name: app-{n}-login
                  key: password
          readinessProbe:
            httpGet:
              path: /ready
              port: http
            periodSeconds: 5
          livenessProbe:
            httpGet:
              path: /live
              port: http
            initialDelaySeconds: 10
          resources:
            requests:
              cpu: 100m
              memory: 128Mi
            limits:
              memory: 256Mi
          securityContext:
            allowPrivilegeEscalation: false
            capabilities:
              drop: [ALL]
          volumeMounts:
            - name: settings
              mountPath: /etc/app
              readOnly: true
      volumes:
        - name: settings
          configMap:
            name: app-{n}-settings
---
apiVersion: v1
kind: Service
metadata:
  name: app-{n}
  namespace: team-{team}
spec:
  selector:
    app: app-{n}
  ports:
    - name: http
      port: 80
      targetPort: http
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: app-{n}
  namespace: team-{team}
spec:
  rules:
    - host: app-{n}.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: app-{n}
                port:
                  name: http
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: app-{n}
  namespace: team-{team}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: app-{n}
  minReplicas: 2
  maxReplicas: {most}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: 70
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: app-{n}
  namespace: team-{team}
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      app: app-{n}
"""


def app(n):
    return APP.format(n=n, team=n % 20, cache=30 + n % 60, pool=n % 30, replicas=1 + n % 5, most=6 + n % 10)


def main():
    resources, directory = int(sys.argv[1]), pathlib.Path(sys.argv[2])
    files = directory / "files"
    files.mkdir(parents=True, exist_ok=True)
    with open(directory / "one.yaml", "w") as one:
        for n in range(resources // 8):
            text = app(n)
            (files / f"app-{n:05}.yaml").write_text(text)
            one.write(text if n == 0 else "---\n" + text)


if __name__ == "__main__":
    main()
