//! `explain`, `component`, `model`: what the binary says of kinds.

use crate::common::TestEnvironment;

fn environment() -> TestEnvironment {
    let test = TestEnvironment::new();
    test.fixture("registry/crd/gateway.yaml", "crd.yaml");
    test.write(
        "broken.yaml",
        "kind: CustomResourceDefinition\nspec:\n  scope: Galaxy\n  names: {kind: A, plural: as}\n",
    );
    test
}

#[test]
fn a_field_is_explained() {
    let test = environment();
    insta::assert_snapshot!(test.run(["explain", "deployment.spec.strategy"]), @r#"
    GROUP:      apps
    KIND:       Deployment
    VERSION:    v1

    FIELD: strategy <DeploymentStrategy>

    DESCRIPTION:
        The deployment strategy to use to replace existing pods with new ones.

    FIELDS:
      rollingUpdate <RollingUpdateDeployment>
        Rolling update config params. Present only if DeploymentStrategyType = RollingUpdate.

      type <string>
        ENUM:    Recreate, RollingUpdate
        Type of deployment. Can be "Recreate" or "RollingUpdate". Default is RollingUpdate.
    "#);
    insta::assert_snapshot!(test.run(["explain", "po.spec.containers.ports.protocol"]), @r#"
    KIND:       Pod
    VERSION:    v1

    FIELD: protocol <string>
    ENUM:    SCTP, TCP, UDP
    DEFAULT: "TCP"

    DESCRIPTION:
        Protocol for port. Must be UDP, TCP, or SCTP. Defaults to "TCP".
    "#);
    insta::assert_snapshot!(test.run(["explain", "deployments.v1.apps.spec.strategy.rollingUpdate.maxSurge", "-o", "json"]), @r#"
    {
      "kind": "Deployment",
      "apiVersion": "apps/v1",
      "name": "maxSurge",
      "type": "IntOrString",
      "required": false,
      "description": "The maximum number of pods that can be scheduled above the desired number of pods. Value can be an absolute number (ex: 5) or a percentage of desired pods (ex: 10%). This can not be 0 if MaxUnavailable is 0. Absolute number is calculated from percentage by rounding up. Defaults to 25%. Example: when this is set to 30%, the new ReplicaSet can be scaled up immediately when the rolling update starts, such that the total number of old and new pods do not exceed 130% of desired pods. Once old pods have been killed, new ReplicaSet can be scaled up further, ensuring that total number of pods running at any time during the update is at most 130% of desired pods."
    }
    "#);
}

#[test]
fn what_is_not_there_is_told_with_what_is_near() {
    let test = environment();
    insta::assert_snapshot!(test.run(["explain", "deploymnt"]), @"
    --- stderr ---
    error: Kubernetes 1.37 has no kind `deploymnt`
      hint: did you mean `deployment`?
    [exit status: 2]
    ");
    insta::assert_snapshot!(test.run(["explain", "deployment.spec.replica"]), @"
    --- stderr ---
    error: `Deployment.spec` has no field `replica`
      hint: did you mean `replicas`?
    [exit status: 2]
    ");
    insta::assert_snapshot!(test.run(["explain", "hpa.spec.metrics", "--api-version", "autoscaling/v1"]), @"
    --- stderr ---
    error: `HorizontalPodAutoscaler.spec` has no field `metrics`
      hint: `mesheryctl explain HorizontalPodAutoscaler.spec` lists its fields
    [exit status: 2]
    ");
    insta::assert_snapshot!(test.run(["explain", "cronjob", "--api-version", "batch/v2"]), @"
    --- stderr ---
    error: Kubernetes 1.37 has no cronjob in batch/v2
      hint: it is served as batch/v1
    [exit status: 2]
    ");
    insta::assert_snapshot!(test.run(["explain", "pod", "--kubernetes-version", "1.2"]), @"
    --- stderr ---
    error: Kubernetes 1.2 is not among the versions known here, 1.27 to 1.37
      hint: name a version that is built in with --kubernetes-version
    [exit status: 2]
    ");
    insta::assert_snapshot!(test.run(["explain", "pod", "--kubernetes-version", "new"]), @"
    --- stderr ---
    error: `new` is not a version of Kubernetes
      hint: write it as 1.33 or v1.33.4
    [exit status: 2]
    ");
    insta::assert_snapshot!(test.run(["component", "view", ""]), @"
    --- stderr ---
    error: Kubernetes 1.37 has no kind ``
      hint: `mesheryctl component list` names them all; custom ones come with --crds PATH
    [exit status: 2]
    ");
    insta::assert_snapshot!(test.run(["model", "view", "kubernets"]), @"
    --- stderr ---
    error: there is no model `kubernets`
      hint: did you mean `kubernetes`?
    [exit status: 2]
    ");
}

#[test]
fn all_fields_below_end_even_where_the_schema_does_not() {
    let test = environment();
    insta::assert_snapshot!(test.run(["explain", "networkpolicy.spec.ingress.from", "--recursive"]), @"
    GROUP:      networking.k8s.io
    KIND:       NetworkPolicy
    VERSION:    v1

    FIELD: from <[]NetworkPolicyPeer>

    DESCRIPTION:
        from is a list of sources which should be able to access the pods selected for this rule. Items
        in this list are combined using a logical OR operation. If this field is empty or missing, this
        rule matches all sources (traffic not restricted by source). If this field is present and
        contains at least one item, this rule allows traffic only if the traffic matches at least one
        item in the from list.

    FIELDS:
      ipBlock <IPBlock>
        cidr <string> -required-
        except <[]string>
      namespaceSelector <LabelSelector>
        matchExpressions <[]LabelSelectorRequirement>
          key <string> -required-
          operator <string> -required-
          values <[]string>
        matchLabels <map[string]string>
      podSelector <LabelSelector>
        matchExpressions <[]LabelSelectorRequirement>
          key <string> -required-
          operator <string> -required-
          values <[]string>
        matchLabels <map[string]string>
    ");
}

#[test]
fn custom_resources_are_explained_too() {
    let test = environment();
    insta::assert_snapshot!(test.run(["explain", "gw.spec.class", "--crds", "crd.yaml"]), @r#"
    GROUP:      net.example.com
    KIND:       Gateway
    VERSION:    v1

    FIELD: class <string> -required-
    ENUM:    public, private
    DEFAULT: "public"

    DESCRIPTION:
        Class says who implements it.
    "#);
    insta::assert_snapshot!(test.run(["explain", "gateway", "--crds", "crd.yaml", "--api-version", "net.example.com/v1beta1"]), @"
    GROUP:      net.example.com
    KIND:       Gateway
    VERSION:    v1beta1
    STATUS:     deprecated: use net.example.com/v1

    DESCRIPTION:
        <empty>

    FIELDS:
      apiVersion <string>
        <no description>

      kind <string>
        <no description>

      metadata <ObjectMeta>
        ObjectMeta is metadata that all persisted resources must have, which includes all objects users
        must create.
    ");
    insta::assert_snapshot!(test.run(["model", "list", "--crds", "crd.yaml"]), @"
    NAME             VERSION  COMPONENTS
    kubernetes       v1.37.1  92
    net.example.com  -        2
    ");
    insta::assert_snapshot!(test.run(["component", "list", "--crds", "crd.yaml", "--model", "net.example.com"]), @"
    KIND     APIVERSION               NAMESPACED  SHORT NAMES  MODEL
    Gateway  net.example.com/v1       true        gw           net.example.com
    Gateway  net.example.com/v1beta1  true        gw           net.example.com
    ");
    insta::assert_snapshot!(test.run(["explain", "gw", "--crds", "broken.yaml"]), @"
    --- stderr ---
    warning: broken.yaml:3:10: spec.scope: `Galaxy` is none of Namespaced, Cluster; its kind stays unknown
    error: Kubernetes 1.37 has no kind `gw`
      hint: `mesheryctl component list` names them all; custom ones come with --crds PATH
    [exit status: 2]
    ");
}

#[test]
fn components_are_found() {
    let test = environment();
    insta::assert_snapshot!(test.run(["component", "search", "autoscal"]), @"
    KIND                     APIVERSION      NAMESPACED  SHORT NAMES  MODEL
    HorizontalPodAutoscaler  autoscaling/v2  true        hpa          kubernetes
    HorizontalPodAutoscaler  autoscaling/v1  true        hpa          kubernetes
    ");
    insta::assert_snapshot!(test.run(["component", "search", "zebra"]), @"
    KIND  APIVERSION  NAMESPACED  SHORT NAMES  MODEL
    --- stderr ---
    note: no kind of Kubernetes 1.37 speaks of `zebra`
    [exit status: 1]
    ");
    insta::assert_snapshot!(test.run(["component", "view", "endpoints", "-o", "yaml"]), @r#"
    model: kubernetes
    kind: Endpoints
    apiVersion: v1
    plural: endpoints
    singular: endpoints
    shortNames:
    - ep
    categories: []
    namespaced: true
    custom: false
    deprecation:
      deprecatedIn: '1.33'
      replacement: discovery.k8s.io/v1 EndpointSlice
    description: "Endpoints is a collection of endpoints that implement the actual service. Example:\n\n\t Name: \"mysvc\",\n\t Subsets: [\n\t   {\n\t     Addresses: [{\"ip\": \"10.10.1.1\"}, {\"ip\": \"10.10.2.2\"}],\n\t     Ports: [{\"name\": \"a\", \"port\": 8675}, {\"name\": \"b\", \"port\": 309}]\n\t   },\n\t   {\n\t     Addresses: [{\"ip\": \"10.10.3.3\"}],\n\t     Ports: [{\"name\": \"a\", \"port\": 93}, {\"name\": \"b\", \"port\": 76}]\n\t   },\n\t]\n\nEndpoints is a legacy API and does not contain information about all Service features. Use discoveryv1.EndpointSlice for complete information about Service endpoints.\n\nDeprecated: This API is deprecated in v1.33+. Use discoveryv1.EndpointSlice."
    fields:
    - apiVersion
    - kind
    - metadata
    - subsets
    "#);
    insta::assert_snapshot!(test.run(["component", "view", "hpa"]), @"
    Kind:        HorizontalPodAutoscaler
    API version: autoscaling/v2
    Model:       kubernetes
    Plural:      horizontalpodautoscalers
    Short names: hpa
    Categories:  all
    Scope:       namespaced
    Fields:      apiVersion, kind, metadata, spec, status
    Description: HorizontalPodAutoscaler is the configuration for a horizontal pod autoscaler, which automatically manages the replica count of any resource implementing the scale subresource based on the metrics specified.
    ");
    insta::assert_snapshot!(test.run(["model", "search", "netpol", "-o", "name"]), @"
    --- stderr ---
    note: no model holds `netpol`
    [exit status: 1]
    ");
    insta::assert_snapshot!(test.run(["model", "search", "networkpol", "-o", "name"]), @"kubernetes");
}
