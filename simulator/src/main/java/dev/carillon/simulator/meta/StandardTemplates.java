package dev.carillon.simulator.meta;

import dev.carillon.simulator.meta.account.WhatsAppAccount;
import dev.carillon.simulator.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The templates that the standard account has approved from the start. */
final class StandardTemplates {

  private static final List<String> BODIES =
      List.of(
          """
          {"name":"festival_sale","language":"en","category":"MARKETING","components":[
            {"type":"BODY","text":"Hi {{1}}, our festival sale is on: up to 40% off until Sunday."},
            {"type":"BUTTONS","buttons":[
              {"type":"QUICK_REPLY","text":"Show me"},{"type":"QUICK_REPLY","text":"Stop promotions"}]}]}""",
          """
          {"name":"festival_sale","language":"pt_BR","category":"MARKETING","components":[
            {"type":"BODY","text":"Olá {{1}}, nossa promoção começou: até 40% de desconto."}]}""",
          """
          {"name":"new_arrivals","language":"en","category":"MARKETING","components":[
            {"type":"HEADER","format":"TEXT","text":"New in {{1}}"},
            {"type":"BODY","text":"Hello {{1}}, fresh arrivals in {{2}} are waiting for you."}]}""",
          """
          {"name":"win_back","language":"en","category":"MARKETING","parameter_format":"NAMED","components":[
            {"type":"BODY","text":"We miss you, {{first_name}}. Here are {{points}} points if you come back this week."}]}""",
          """
          {"name":"cart_reminder","language":"en","category":"MARKETING","components":[
            {"type":"BODY","text":"{{1}}, your cart is still here. Finish your order today for free delivery."},
            {"type":"BUTTONS","buttons":[{"type":"URL","text":"Open cart","url":"https://shop.example/c/{{1}}"}]}]}""",
          """
          {"name":"coupon","language":"en","category":"MARKETING","components":[
            {"type":"BODY","text":"A present for you: 20% off."},
            {"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SAVE20"}]}]}""",
          """
          {"name":"lookbook","language":"en","category":"MARKETING","components":[
            {"type":"HEADER","format":"IMAGE"},
            {"type":"BODY","text":"The new lookbook is out, {{1}}."}]}""",
          """
          {"name":"order_update","language":"en","category":"UTILITY","components":[
            {"type":"BODY","text":"Hi {{1}}, your order {{2}} is on its way."}]}""",
          """
          {"name":"hello_world","language":"en_US","category":"UTILITY","components":[
            {"type":"BODY","text":"Welcome and congratulations! This message shows that sending works."}]}""");

  private StandardTemplates() {}

  static void addTo(Accounts accounts, WhatsAppAccount account) {
    for (String text : BODIES) {
      ObjectNode body = Json.readObject(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
      accounts.addTemplate(account.businessAccountId(), body);
    }
  }
}
