package dev.carillon.simulator.meta.account;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every error code that the simulated API can answer, with its HTTP status and texts. */
final class GraphErrors {

  private static final int SUBCODE_OF_TEMPLATES = 2_494_073;
  private static final Map<Integer, GraphError> ERRORS = new HashMap<>();

  static {
    add(0, 401, "AuthException", null);
    add(1, 400, "API Unknown", null);
    add(2, 503, "API Service", null);
    add(3, 500, "API Method", null);
    add(4, 400, "API Too Many Calls", null);
    add(10, 403, "Permission Denied", null);
    add(33, 400, "Parameter value is not valid", null);
    add(100, 400, "Invalid parameter", null);
    add(102, 401, "Session key invalid or no longer valid", null);
    add(190, 401, "Invalid OAuth access token - Cannot parse access token", null);
    add(200, 403, "API Permission", null);
    add(368, 403, "Temporarily blocked for policies violations", null);
    add(80007, 400, "Rate limit issues", null);
    add(
        130429,
        400,
        "Rate limit hit",
        "Message failed to send because there were too many messages sent from this phone number in a short period of time");
    add(
        130472,
        400,
        "User's number is part of an experiment",
        "Failed to send message because this user's phone number is part of an experiment");
    add(
        130497,
        403,
        "Business account is restricted from messaging users in this country.",
        "The business account is restricted from messaging users in certain countries");
    add(131000, 500, "Something went wrong", "Message failed to send due to an unknown error");
    add(131005, 403, "Access denied", "Permission is either not granted or has been removed");
    add(
        131008,
        400,
        "Required parameter is missing",
        "The request is missing a required parameter");
    add(131009, 400, "Parameter value is not valid", "One or more parameter values are invalid");
    add(131016, 500, "Service unavailable", "A service is temporarily unavailable");
    add(131021, 400, "Recipient cannot be sender", "Sender and recipient phone number is the same");
    add(131026, 400, "Message undeliverable", "Message Undeliverable.");
    add(
        131030,
        400,
        "Recipient phone number not in allowed list",
        "Recipient phone number not in allowed list: add it to the recipient list and try again");
    add(131031, 403, "Business Account locked", "Business account has been locked");
    add(
        131042,
        400,
        "Business eligibility payment issue",
        "Message failed to send because there are one or more errors related to your payment method");
    add(
        131045,
        500,
        "Incorrect certificate",
        "Message failed to send due to a phone number registration error");
    add(
        131047,
        400,
        "Re-engagement message",
        "Message failed to send because more than 24 hours have passed since the customer last replied to this number");
    add(
        131048,
        400,
        "Spam rate limit hit",
        "Message failed to send because there are restrictions on how many messages can be sent from this phone number");
    add(
        131049,
        400,
        "This message was not delivered to maintain healthy ecosystem engagement.",
        "In order to maintain a healthy ecosystem engagement, the message failed to be delivered");
    add(
        131050,
        400,
        "User has stopped marketing messages from this business",
        "The recipient chose to stop receiving marketing messages on WhatsApp from this business");
    add(131051, 400, "Unsupported message type", "Message type is not currently supported");
    add(131052, 400, "Media download error", "Unable to download the media");
    add(131053, 400, "Media upload error", "Unable to upload the media");
    add(
        131056,
        400,
        "(Business Account, Consumer Account) pair rate limit hit",
        "Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time");
    add(131057, 500, "Account in maintenance mode", "Business Account is in maintenance mode");
    addTemplate(
        132000,
        400,
        "Number of parameters does not match the expected number of params",
        "The number of parameters provided does not match the template");
    addTemplate(
        132001,
        404,
        "Template name does not exist in the translation",
        "The template does not exist in the language or has not been approved");
    addTemplate(132005, 400, "Translated text too long", "The hydrated text is too long");
    addTemplate(
        132007,
        400,
        "Template format character policy violated",
        "The template content violates a policy");
    addTemplate(
        132012,
        400,
        "Parameter format does not match format in the created template",
        "A parameter has the wrong format");
    addTemplate(132015, 400, "Template is paused", "The template is paused due to low quality");
    addTemplate(
        132016,
        400,
        "Template is disabled",
        "The template is disabled for good due to low quality");
    add(132068, 400, "Flow is blocked", "The flow is in a blocked state");
    add(132069, 400, "Flow is throttled", "The flow is in a throttled state");
    add(
        133010,
        400,
        "Phone number not registered",
        "The phone number is not registered on the platform");
    add(
        134011,
        400,
        "Payments terms of service not accepted",
        "The terms of service for payments have not been accepted");
    add(
        135000,
        400,
        "Generic user error",
        "Message failed to send because of an unknown error with your request parameters");
  }

  private GraphErrors() {}

  static GraphError find(int code) {
    GraphError known = ERRORS.get(code);
    return known == null ? new GraphError(400, code, null, "Error " + code, null) : known;
  }

  private static void add(int code, int httpStatus, String title, @Nullable String details) {
    ERRORS.put(code, new GraphError(httpStatus, code, null, title, details));
  }

  private static void addTemplate(int code, int httpStatus, String title, String details) {
    ERRORS.put(code, new GraphError(httpStatus, code, SUBCODE_OF_TEMPLATES, title, details));
  }
}
