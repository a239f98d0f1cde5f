package dev.carillon.server.demo;

import java.util.List;

/**
 * One of the shop's campaigns.
 *
 * @param daysAgo how many days before today it was sent; 0 for the one that is being sent
 * @param hour hour of the day (UTC) at which it was sent
 * @param definition its definition without the connection, JSON
 */
record DemoCampaign(int daysAgo, int hour, String definition) {

  /** The shop's past of a month, oldest first. */
  static final List<DemoCampaign> PAST =
      List.of(
          new DemoCampaign(
              33,
              9,
              """
              {"name":"Festival sale, early access","channel":"whatsapp","labels":["festive","sale"],
               "when":{"type":"now"},
               "who":{"rule":{"any":[{"property":"Plan","op":"in","value":["plus","pro"]},
                                     {"did":"Charged","atLeast":2,"within":"P60D"}]}},
               "controlGroup":{"percent":20},
               "what":{"template":{"name":"festival_sale","language":"en",
                       "parameters":["{{ Name | default: 'friend' }}"]}},
               "goal":{"event":"Charged","within":"P3D","revenueProperty":"Amount"}}"""),
          new DemoCampaign(
              26,
              10,
              """
              {"name":"New arrivals by city","channel":"whatsapp","labels":["assortment"],
               "when":{"type":"now"},
               "who":{"rule":{"all":[{"property":"Country","op":"equals","value":"India"},
                                     {"did":"Product Viewed","atLeast":1,"within":"P45D"}]}},
               "controlGroup":{"percent":10},
               "what":{"template":{"name":"new_arrivals","language":"en",
                       "header":{"type":"text","value":"{{ City }}"},
                       "parameters":["{{ Name | default: 'there' }}","{{ City }}"]}},
               "goal":{"event":"Charged","within":"P2D","revenueProperty":"Amount"}}"""),
          new DemoCampaign(
              19,
              16,
              """
              {"name":"Win back quiet customers","channel":"whatsapp","labels":["win-back"],
               "when":{"type":"now"},
               "who":{"rule":{"all":[{"did":"Charged","atLeast":1},
                                     {"didNot":"Charged","within":"P21D"}]}},
               "controlGroup":{"percent":15},
               "what":{"template":{"name":"win_back","language":"en",
                       "parameters":[{"name":"first_name","text":"{{ Name | split: ' ' | first | default: 'friend' }}"},
                                     {"name":"points","text":"{{ [\\"Loyalty points\\"] | default: 100 }}"}]}},
               "goal":{"event":"Charged","within":"P7D","revenueProperty":"Amount"}}"""),
          new DemoCampaign(
              12,
              8,
              """
              {"name":"Cart reminder","channel":"whatsapp","labels":["cart"],
               "when":{"type":"now"},
               "who":{"rule":{"all":[{"did":"Added To Cart","within":"P7D"},
                                     {"didNot":"Charged","within":"P7D"}]}},
               "controlGroup":{"percent":10},
               "what":{"template":{"name":"cart_reminder","language":"en",
                       "parameters":["{{ Name | split: ' ' | first | default: 'Hello' }}"],
                       "buttons":[{"index":0,"type":"url","value":"{{ identity | default: 'cart' }}"}]}},
               "goal":{"event":"Charged","within":"P1D","revenueProperty":"Amount"}}"""),
          new DemoCampaign(
              5,
              11,
              """
              {"name":"Coupon for loyal customers","channel":"whatsapp","labels":["sale","loyalty"],
               "when":{"type":"now"},
               "who":{"rule":{"property":"Loyalty points","op":"greaterOrEqual","value":400}},
               "controlGroup":{"percent":10},
               "what":{"template":{"name":"coupon","language":"en",
                       "buttons":[{"index":0,"type":"copy_code","value":"SAVE20"}]}},
               "goal":{"event":"Charged","within":"P3D","revenueProperty":"Amount"}}"""));

  /** The campaign that is being sent when the page opens. */
  static final DemoCampaign LIVE =
      new DemoCampaign(
          0,
          0,
          """
          {"name":"Festival sale, last days","channel":"whatsapp","labels":["festive","sale"],
           "when":{"type":"now"},
           "who":{"rule":{"everyone":true}},
           "controlGroup":{"percent":10},
           "what":{"template":{"name":"festival_sale","language":"en",
                   "parameters":["{{ Name | default: 'friend' }}"]}},
           "goal":{"event":"Charged","within":"P2D","revenueProperty":"Amount"}}""");
}
