package dev.carillon.engine.definition;

import dev.carillon.core.account.QuietHours;
import dev.carillon.core.campaign.Delivery;
import tools.jackson.databind.node.ObjectNode;

/** Writes how a run's messages are sent as {@link DeliveryReader} reads it. */
final class DeliveryWriter {
  private DeliveryWriter() {}

  static void write(ObjectNode json, Delivery delivery) {
    json.put("zone", delivery.clock() == Delivery.Clock.USER ? "user" : "account");
    json.put("passed", delivery.passed() == Delivery.Passed.NEXT_DAY ? "nextDay" : "drop");
    switch (delivery.quiet()) {
      case Delivery.Quiet.OfAccount() -> json.put("quietHours", "account");
      case Delivery.Quiet.None() -> json.put("quietHours", "none");
      case Delivery.Quiet.Own(QuietHours hours) -> QuietHoursJson.write(json, hours);
    }
    if (delivery.cutOff() != null) {
      json.put("cutOff", delivery.cutOff().toString());
    }
    if (delivery.throttle() != null) {
      json.putObject("throttle").put("messagesPer5Minutes", delivery.throttle().messages());
    }
    json.put("graceMinutes", delivery.grace().toMinutes());
  }
}
