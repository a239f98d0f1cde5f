package dev.carillon.server.demo;

import java.util.List;

/** The segments of the demo, each as the API takes it. */
final class DemoSegments {
  private static final List<String> ALL =
      List.of(
          """
          {"name":"Lately active buyers",
           "rule":{"all":[{"did":"Charged","atLeast":2,"within":"P30D"},
                          {"did":"App Launched","within":"P7D"}]}}""",
          """
          {"name":"Gone quiet",
           "rule":{"all":[{"did":"Charged"},{"didNot":"App Launched","within":"P14D"},
                          {"reachable":"whatsapp"}]}}""",
          """
          {"name":"Big spenders in India",
           "rule":{"all":[{"property":"Country","op":"equals","value":"India"},
                          {"sum":"Amount","of":"Charged","op":"greaterThan","value":500}]}}""");

  private DemoSegments() {}

  static void make(ShopApi shop) {
    for (String segment : ALL) {
      String id =
          shop.call("POST", "/api/v1/segments", ShopApi.json(segment)).get("id").stringValue();
      shop.call("POST", "/api/v1/segments/" + id + "/estimate", null);
    }
  }
}
