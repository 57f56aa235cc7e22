import { anyOrder, fact } from "./fact.ts";

const action = "CSDL: Action updateRecordingStatus";
const resultInfo = "CSDL: ComplexType resultInfo";
const operation = "CSDL: EntityType commsOperation";
const notification = "CSDL: ComplexType commsNotification";
const errorPage = "docs: concepts/errors.md";
const tolerant = "choice: OData may add annotations to any answer, so a reader takes what it does not know";
const openType = "CSDL: an open type";

const request = {
  "schema ReportableStatus: type": fact("string", "CSDL: EnumType recordingStatus"),
  "schema ReportableStatus: enum": fact(
    anyOrder("notRecording", "recording", "failed"),
    "docs: call-updaterecordingstatus, possible values; unknown and unknownFutureValue are read, never sent",
  ),
  "schema UpdateRecordingStatusRequest: type": fact("object", action),
  "schema UpdateRecordingStatusRequest: required": fact(anyOrder("status"), `${action}, status is not nullable`),
  "schema UpdateRecordingStatusRequest: additionalProperties": fact(false, `${action}, two parameters and no more`),
  "schema UpdateRecordingStatusRequest.status": fact("#/components/schemas/ReportableStatus", action),
  "schema UpdateRecordingStatusRequest.clientContext: type": fact(anyOrder("string", "null"), `${action}, clientContext is nullable`),
  "schema UpdateRecordingStatusRequest.clientContext: maxLength": fact(256, 'docs: "Max limit is 256 chars."'),
};

const operations = {
  "schema OperationStatus (anyOf 1): type": fact("string", "CSDL: EnumType operationStatus"),
  "schema OperationStatus (anyOf 1): enum": fact(
    anyOrder("notStarted", "running", "completed", "failed"),
    "docs: commsoperation, lower camel case as on the wire; CSDL has the same four in Pascal case",
  ),
  "schema OperationStatus (anyOf 2): type": fact("string", "reports and CSDL: other spellings and later members may come"),
  "schema OperationStatus (anyOf 3): type": fact("null", "docs: commsoperation, the status may be null"),

  "schema ResultInfo: type": fact("object", resultInfo),
  "schema ResultInfo: required": fact(anyOrder("code", "subcode"), `${resultInfo}, these two are not nullable`),
  "schema ResultInfo: additionalProperties": fact(true, tolerant),
  "schema ResultInfo.@odata.type: type": fact("string", "docs: call-playprompt, the notification"),
  "schema ResultInfo.code: type": fact("integer", `${resultInfo}, Edm.Int32`),
  "schema ResultInfo.code: format": fact("int32", `${resultInfo}, Edm.Int32`),
  "schema ResultInfo.subcode: type": fact("integer", `${resultInfo}, Edm.Int32`),
  "schema ResultInfo.subcode: format": fact("int32", `${resultInfo}, Edm.Int32`),
  "schema ResultInfo.message: type": fact(anyOrder("string", "null"), `${resultInfo}, Edm.String, nullable`),

  "schema Entity: type": fact("object", "CSDL: EntityType entity"),
  "schema Entity: required": fact(anyOrder("id"), "CSDL: EntityType entity, id is the key"),
  "schema Entity: additionalProperties": fact(true, tolerant),
  "schema Entity.@odata.type: type": fact("string", 'docs: call-updaterecordingstatus, "Response"'),
  "schema Entity.id: type": fact("string", "CSDL: EntityType entity, id is Edm.String, not null"),

  "schema CommsOperation (allOf 1)": fact("#/components/schemas/Entity", `${operation}, its base type`),
  "schema CommsOperation (allOf 2): type": fact("object", operation),
  "schema CommsOperation (allOf 2): required": fact(
    anyOrder("status"),
    `${operation}, status is not nullable; docs: it may be null, but it is there`,
  ),
  "schema CommsOperation (allOf 2): additionalProperties": fact(true, openType),
  "schema CommsOperation (allOf 2).clientContext: type": fact(anyOrder("string", "null"), `${operation}, Edm.String, nullable`),
  "schema CommsOperation (allOf 2).resultInfo (anyOf 1)": fact("#/components/schemas/ResultInfo", operation),
  "schema CommsOperation (allOf 2).resultInfo (anyOf 2): type": fact(
    "null",
    `${operation}, resultInfo is nullable; docs: null in the sample`,
  ),
  "schema CommsOperation (allOf 2).status": fact("#/components/schemas/OperationStatus", operation),
  "schema UpdateRecordingStatusOperation (allOf 1)": fact(
    "#/components/schemas/CommsOperation",
    "CSDL: EntityType updateRecordingStatusOperation adds nothing to its base",
  ),
};

const errors = {
  "schema ODataError: type": fact("object", errorPage),
  "schema ODataError: required": fact(anyOrder("error"), errorPage),
  "schema ODataError: additionalProperties": fact(true, tolerant),
  "schema ODataError.error": fact("#/components/schemas/ErrorDetails", errorPage),

  "schema ErrorDetails: type": fact("object", errorPage),
  "schema ErrorDetails: required": fact(anyOrder("code", "message"), errorPage),
  "schema ErrorDetails: additionalProperties": fact(true, tolerant),
  "schema ErrorDetails.code: type": fact("string", `${errorPage}; reports: microsoft-graph-comms-samples#444, a number, but as a string`),
  "schema ErrorDetails.message: type": fact("string", `${errorPage}; reports: microsoft-graph-docs#10845, JSON, but in a string`),
  "schema ErrorDetails.innerError": fact("#/components/schemas/InnerError", errorPage),

  "schema InnerError: type": fact("object", errorPage),
  "schema InnerError: additionalProperties": fact(true, `${errorPage}: nested inner errors are allowed`),
  "schema InnerError.date: type": fact("string", `${errorPage}; without a zone, so it is no date-time`),
  "schema InnerError.request-id: type": fact("string", errorPage),
  "schema InnerError.client-request-id: type": fact("string", errorPage),
};

const notifications = {
  "schema CommsNotifications: type": fact("object", "CSDL: ComplexType commsNotifications"),
  "schema CommsNotifications: required": fact(anyOrder("value"), "docs: commsnotifications, there is nothing else in it"),
  "schema CommsNotifications: additionalProperties": fact(true, tolerant),
  "schema CommsNotifications.@odata.type: type": fact("string", "docs: call-playprompt, the notification"),
  "schema CommsNotifications.value: type": fact("array", "CSDL: commsNotifications.value is a collection"),
  "schema CommsNotifications.value[]": fact("#/components/schemas/CommsNotification", "CSDL: commsNotifications.value"),

  "schema CommsNotification: type": fact("object", notification),
  "schema CommsNotification: required": fact(anyOrder("changeType", "resourceUrl"), `${notification}, these two are not nullable`),
  "schema CommsNotification: additionalProperties": fact(true, openType),
  "schema CommsNotification.@odata.type: type": fact("string", "docs: call-playprompt, the notification"),
  "schema CommsNotification.changeType (anyOf 1): type": fact("string", "CSDL: EnumType changeType"),
  "schema CommsNotification.changeType (anyOf 1): enum": fact(anyOrder("created", "updated", "deleted"), "CSDL: EnumType changeType"),
  "schema CommsNotification.changeType (anyOf 2): type": fact(
    "string",
    "reports: microsoft-graph-comms-samples#742, #795, Pascal case after the .NET SDK wrote it anew",
  ),
  "schema CommsNotification.resourceUrl: type": fact("string", `${notification}, Edm.String`),
  "schema CommsNotification.resource: type": fact("string", "reports: microsoft-graph-comms-samples#81, #410"),
  "schema CommsNotification.resourceData (anyOf 1): type": fact("object", "docs: commsnotification, a resource"),
  "schema CommsNotification.resourceData (anyOf 1): additionalProperties": fact(true, "docs: commsnotification, any resource"),
  "schema CommsNotification.resourceData (anyOf 2): type": fact("array", "docs: commsnotification, or a list of resources"),
  "schema CommsNotification.resourceData (anyOf 2)[]: type": fact("object", "docs: commsnotification, or a list of resources"),
  "schema CommsNotification.resourceData (anyOf 2)[]: additionalProperties": fact(true, "docs: commsnotification, any resource"),
};

/** The shapes. `(anyOf 2)` is the second alternative of an anyOf, `[]` an item of a list. */
export const schemaFacts = { ...request, ...operations, ...errors, ...notifications };
