package com.astrobookings.logs.event;

import com.astrobookings.logs.event.value.Addresses;
import com.astrobookings.logs.event.value.FieldCodecs;
import com.astrobookings.logs.event.value.Result;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An authentication attempt. At least one of user id and e-mail address is stated.
 *
 * @param envelope what all types have in common
 * @param userId the account
 * @param email the e-mail address that was entered
 * @param ipAddress where the attempt came from
 * @param result how it ended
 */
public record AuthEvent(
    Envelope envelope,
    @Nullable String userId,
    @Nullable String email,
    InetAddress ipAddress,
    Result result)
    implements LogEvent {

  static final Field<String> USER_ID =
      Field.optional(AuthEvent.class, "userId", "user.id", FieldCodecs.KEYWORD, AuthEvent::userId)
          .describedAs("account that was tried")
          .filtered()
          .aboutAPerson();

  static final Field<String> EMAIL =
      Field.optional(
              AuthEvent.class,
              "email",
              "user.email",
              FieldCodecs.NAME_IN_ANY_CASE,
              AuthEvent::email)
          .describedAs("e-mail address that was tried")
          .filtered()
          .aboutAPerson();

  static final Field<InetAddress> IP_ADDRESS =
      Field.required(
              AuthEvent.class, "ipAddress", "source.ip", FieldCodecs.ADDRESS, AuthEvent::ipAddress)
          .describedAs("IPv4 or IPv6 address the attempt came from")
          .filtered()
          .aboutAPerson();

  static final Field<Result> RESULT =
      Field.required(
              AuthEvent.class, "result", "event.outcome", FieldCodecs.RESULT, AuthEvent::result)
          .describedAs("SUCCESS or FAIL")
          .filteredAs("outcome");

  static final List<Field<?>> FIELDS = List.of(USER_ID, EMAIL, IP_ADDRESS, RESULT);

  static LogEvent of(Envelope envelope, Values values) {
    return new AuthEvent(
        envelope,
        values.get(USER_ID),
        values.get(EMAIL),
        values.require(IP_ADDRESS),
        values.require(RESULT));
  }

  @Override
  public EventType type() {
    return EventType.AUTH;
  }

  @Override
  public String category() {
    return "authentication";
  }

  @Override
  public Result outcome() {
    return result;
  }

  @Override
  public String level() {
    return result.level();
  }

  @Override
  public String message() {
    return "Authentication of "
        + account()
        + " from "
        + Addresses.format(ipAddress)
        + " "
        + result.ended();
  }

  private @Nullable String account() {
    if (userId == null) {
      return email;
    }
    return email == null ? userId : userId + " (" + email + ")";
  }
}
