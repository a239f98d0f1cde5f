package dev.carillon.simulator.meta;

import dev.carillon.simulator.meta.account.WhatsAppAccount;
import dev.carillon.simulator.meta.webhook.WebhookChaos;
import dev.carillon.simulator.meta.webhook.WebhookDelivery;

/** What a simulated WhatsApp starts with, and goes back to when reset. */
public record WhatsAppSettings(
    WhatsAppAccount account, WhatsAppLimits limits, WebhookDelivery delivery, WebhookChaos chaos) {

  /** Meta's limits, callbacks without chaos. */
  public static WhatsAppSettings standard() {
    return new WhatsAppSettings(
        WhatsAppAccount.standard(),
        WhatsAppLimits.standard(),
        WebhookDelivery.standard(),
        WebhookChaos.none());
  }

  public WhatsAppSettings limits(WhatsAppLimits changed) {
    return new WhatsAppSettings(account, changed, delivery, chaos);
  }

  public WhatsAppSettings delivery(WebhookDelivery changed) {
    return new WhatsAppSettings(account, limits, changed, chaos);
  }

  public WhatsAppSettings chaos(WebhookChaos changed) {
    return new WhatsAppSettings(account, limits, delivery, changed);
  }
}
