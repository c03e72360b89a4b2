# Names of forms and records.
form-child = Child
form-household = Household
form-member = Family member
form-case = Case
form-contact = Contact
form-follow-up = Follow-up
form-note = Note
form-station = Station
form-staff = Staff

# Headings within forms.
section-main = Basics
section-standing = Category and risk
section-more = More
section-circumstances = Circumstances
section-intake = Intake
section-assessment = Assessment
section-plan = Service plan
section-review = Review
section-closure = Closure
section-next = Next step
section-own = Station's own

# Child.
field-child-name = Name
field-child-name-help = As in the household register; if unsure, the name people use
field-child-sex = Sex
field-child-sex-help = Filled in from the ID number
field-child-id-number = ID number
field-child-id-number-help = 18 digits. May stay empty: add it later, or never if there is none
field-child-birth = Date of birth
field-child-birth-help = Such as 2016-3-5 or 20160305; filled in from the ID number
field-child-guardian = Guardian
field-child-guardian-help = Who is responsible for the child now; if no parent is, who cares
field-child-relation = Relation
field-child-relation-help = What the guardian is to the child, such as grandfather or aunt
field-child-phone = Guardian's phone
field-child-phone-help = A mobile number, or a landline with its area code
field-child-village = Village
field-child-village-help = Where the child is registered; if living elsewhere, say so in the address
field-child-categories = Categories
field-child-categories-help = As many as apply
field-child-risk = Risk
field-child-risk-help = As assessed; if unsure leave it empty until the first visit
field-child-worker = Caseworker
field-child-worker-help = Who looks after this file; you, if nobody is named
field-child-found-by = Found through
field-child-found-by-help = Who noticed or reported the child first
field-child-case-no = Case number
field-child-case-no-help = The station's own number; may stay empty
field-child-address = Address
field-child-address-help = Where the child lives now, so that a visitor finds it
field-child-school = School
field-child-school-help = School or nursery; if none, write so and why
field-child-class = Class
field-child-class-help = Such as year 3, class 2
field-child-nickname = Nickname
field-child-nickname-help = Or a former name; the search finds it too
field-child-ethnicity = Ethnicity
field-child-ethnicity-help = As in the household register
field-child-health = Health
field-child-health-help = Illness, disability, medicine, allergies, and where treated
field-child-remarks = Remarks
field-child-remarks-help = What fits nowhere else and the next caseworker should know
field-child-handed-why = Handed over
field-child-handed-why-help = The reason given when it was handed over
field-child-household = Household
field-child-household-help = Brothers and sisters share one household

# Household.
field-household-address = Home address
field-household-address-help = Where the family lives now
field-household-income = Yearly income
field-household-income-help = Of the whole family in a year, in whole yuan
field-household-benefits = Benefits
field-household-benefits-help = Such as low-income aid or disability allowance, and since when
field-household-housing = Housing
field-household-housing-help = Own or rented, rooms, dangers
field-household-remarks = Remarks
field-household-remarks-help = What else matters: debts, quarrels, relatives who can help

# Parent or carer.
field-member-role = Role
field-member-role-help = What this person is to the child
field-member-name = Name
field-member-name-help = As on the ID card; if unsure, what people call them
field-member-phone = Phone
field-member-phone-help = A mobile number, or a landline with its area code
field-member-circumstance = Circumstance
field-member-circumstance-help = Decides on aid as an unattended child, Min Fa [2019] 62
field-member-since = Since
field-member-since-help = From which day; if only the month is known, its first day
field-member-until = Until
field-member-until-help = End of the term; you are reminded ahead of it
field-member-reported = Reported on
field-member-reported-help = When the police took the report; six months count from here
field-member-place = Place
field-member-place-help = Prison, centre or city of work; else the last known place
field-member-paper = Papers
field-member-paper-help = Such as judgment, disability card, police receipt; copy or not
field-member-child-knows = Child knows
field-member-child-knows-help = If not, nobody says it on a visit or call
field-member-birth = Date of birth
field-member-birth-help = Such as 1985-3-5 or 19850305
field-member-id-number = ID number
field-member-id-number-help = 18 digits; may stay empty
field-member-remarks = Remarks
field-member-remarks-help = Visits, letters, money sent, whether willing to care

# Case.
field-case-opened = Opened
field-case-opened-help = The day the case was identified and registered
field-case-reason = Reason
field-case-reason-help = What the child's difficulty is, and who said so
field-case-assessed = Assessed
field-case-assessed-help = The day the assessment was done
field-case-assessment = Assessment
field-case-assessment-help = Care, living, health, mind, school, safety: findings and needs
field-case-planned = Planned
field-case-planned-help = The day the service plan was agreed
field-case-plan = Plan
field-case-plan-help = Goals, what is done, by whom and by when
field-case-served = Service began
field-case-served-help = The day of the first service
field-case-reviewed = Reviewed
field-case-reviewed-help = The day the plan was reviewed
field-case-review = Review
field-case-review-help = Which goals are met, what is missing, what comes next
field-case-closed = Closed
field-case-closed-help = Closing needs a reason and who cares for the child from now on
field-case-close-reason = Closing reason
field-case-close-reason-help = Unreachable: only after 3 months of written attempts
field-case-arrangement = Care from now on
field-case-arrangement-help = With whom the child lives and who cares
field-case-reopened = Reopened
field-case-reopened-help = If difficulties return, reopen here instead of a second file
field-case-reopen-reason = Reopening reason
field-case-reopen-reason-help = What has changed

# Contact.
field-contact-kind = Kind
field-contact-kind-help = Attempts and refusals count too: write them down
field-contact-on = Date
field-contact-on-help = The real day, however late you write: yesterday, 3 days ago, 11-20
field-contact-met = Met
field-contact-met-help = As many as apply; the child only if seen in person
field-contact-reason = Reason
field-contact-reason-help = Why: nobody at home, afraid of talk in the village
field-contact-seen = Seen and said
field-contact-seen-help = What was seen and heard; quote the child, mark guesses
field-contact-concern = Concern
field-contact-concern-help = Yes if the child may be unsafe. Harm must be reported at once
field-contact-concern-text = What worries you
field-contact-concern-text-help = What was seen, what may happen, what you did about it
field-contact-agreed = Agreed
field-contact-agreed-help = What was agreed with child and family, and who does it
field-contact-next = Next on
field-contact-next-help = Such as next mon, 2w, 12-5; if empty, the risk decides
field-contact-worker = Who went
field-contact-worker-help = You, if nobody is named

# Follow-up.
field-follow-up-kind = What
field-follow-up-kind-help = What is to be done
field-follow-up-due = Due
field-follow-up-due-help = Tomorrow, next mon, 3d, 2w, 12-5
field-follow-up-reason = Reason
field-follow-up-reason-help = Why, so that it is clear on the day
field-follow-up-repeat = Repeats
field-follow-up-repeat-help = Comes back when done; empty: once
field-follow-up-worker = Who does it
field-follow-up-worker-help = The child's caseworker, if nobody is named
field-follow-up-rule = Rule
field-follow-up-rule-help = The rule that made it
field-follow-up-first-due = First due
field-follow-up-first-due-help = When it was due before it was moved
field-follow-up-moved-why = Why moved
field-follow-up-moved-why-help = Why it cannot be done on the day
field-follow-up-handed-why = Why handed over
field-follow-up-handed-why-help = Why somebody else does it
field-follow-up-attempts = Attempts
field-follow-up-attempts-help = How often nobody was reached, or declined
field-follow-up-repeat-day = Day of month
field-follow-up-repeat-day-help = The day on which a monthly one comes back
field-follow-up-done = Done on
field-follow-up-done-help = The real day
field-follow-up-outcome = Outcome
field-follow-up-outcome-help = What was done and what came of it
field-follow-up-about = About
field-follow-up-about-help = The record that it waits for
field-follow-up-end = Ended because
field-follow-up-end-help = Why it ended where nobody wrote an outcome

# Note.
field-note-title = Title
field-note-title-help = What it is about, in a few words; may stay empty
field-note-on = Date
field-note-on-help = The day it is about
field-note-text = Text
field-note-text-help = Any length; a draft is kept as you type

# Station.
field-station-name = Station name
field-station-name-help = Such as: Child protection station of the town
field-station-province = Province
field-station-province-help = Province or region
field-station-city = City
field-station-city-help = Prefecture-level city
field-station-county = County
field-station-county-help = District, county or county-level city
field-station-town = Town
field-station-town-help = The town that the station serves
field-station-phone = Phone
field-station-phone-help = Printed on visit slips

# Staff.
field-staff-name = Name
field-staff-name-help = The name that colleagues and records show
field-staff-login = Account
field-staff-login-help = Typed to sign in: small letters and digits
field-staff-role = Role
field-staff-role-help = Decides what they may see and do
field-staff-phone = Phone
field-staff-phone-help = For colleagues

# Choices.
choice-sex-m = male
choice-sex-f = female

choice-risk-high = high
choice-risk-medium = medium
choice-risk-low = low

choice-category-left-behind = left behind
choice-category-prisoner = parent in prison
choice-category-unattended = unattended
choice-category-orphan = orphan
choice-category-poverty = poverty
choice-category-disability = disability
choice-category-guardianship = guardianship
choice-category-street = street
choice-category-institution = institution
choice-category-foster = foster care
choice-category-migrant = migrant

choice-relation-father = father
choice-relation-mother = mother
choice-relation-grandfather = grandfather
choice-relation-grandmother = grandmother
choice-relation-maternal-grandfather = maternal grandfather
choice-relation-maternal-grandmother = maternal grandmother
choice-relation-uncle = uncle
choice-relation-aunt = aunt
choice-relation-brother = brother
choice-relation-sister = sister
choice-relation-other-relative = other relative
choice-relation-foster-parent = foster parent
choice-relation-institution = institution
choice-relation-other = other

choice-member-role-father = father
choice-member-role-mother = mother
choice-member-role-carer = carer
choice-member-role-sibling = brother or sister
choice-member-role-other = other

choice-circumstance-severe-disability = severe disability
choice-circumstance-grave-illness = grave illness
choice-circumstance-prison = in prison
choice-circumstance-detoxification = compulsory detox
choice-circumstance-custody = other custody
choice-circumstance-out-of-contact = out of contact
choice-circumstance-revoked = guardianship revoked
choice-circumstance-deported = deported
choice-circumstance-dead = dead
choice-circumstance-missing = missing (by court)
choice-circumstance-at-home = at home
choice-circumstance-working-away = working away
choice-circumstance-unknown = not known

choice-contact-kind-visit = visit
choice-contact-kind-call = call
choice-contact-kind-attempt = attempt
choice-contact-kind-refusal = refusal

choice-met-child = child
choice-met-carer = carer
choice-met-father = father
choice-met-mother = mother
choice-met-teacher = teacher
choice-met-village = village staff
choice-met-other = others

choice-follow-up-kind-first-response = first response
choice-follow-up-kind-visit = visit
choice-follow-up-kind-call = call
choice-follow-up-kind-assessment = assessment
choice-follow-up-kind-review = review
choice-follow-up-kind-referral = referral
choice-follow-up-kind-paper = papers
choice-follow-up-kind-birthday = birthday
choice-follow-up-kind-other = other
choice-follow-up-kind-report = report
choice-follow-up-kind-aid = apply for aid
choice-follow-up-kind-consent = consent
choice-follow-up-kind-decision = decision
choice-follow-up-end-visited = somebody was there
choice-follow-up-end-answered = the record has the answer
choice-follow-up-end-no-longer = it is so no longer
choice-follow-up-end-closed = the case was closed

choice-repeat-weekly = every week
choice-repeat-fortnightly = every 2 weeks
choice-repeat-monthly = every month
choice-repeat-quarterly = every 3 months
choice-repeat-half-yearly = every 6 months
choice-repeat-yearly = every year

choice-close-reason-goals-met = goals met
choice-close-reason-adult = of age
choice-close-reason-moved = moved away
choice-close-reason-transferred = transferred
choice-close-reason-family-declined = family declined
choice-close-reason-unreachable = unreachable
choice-close-reason-died = died
choice-close-reason-opened-in-error = opened in error
choice-close-reason-other = other

choice-found-by-screening = screening
choice-found-by-village = village
choice-found-by-school = school
choice-found-by-police = police
choice-found-by-prison = prison or justice
choice-found-by-civil-affairs = civil affairs
choice-found-by-relative = relative
choice-found-by-self = child or parent
choice-found-by-hotline = hotline
choice-found-by-other = other

choice-role-caseworker = caseworker
choice-role-supervisor = supervisor
choice-role-lead = station lead
choice-role-support = remote support

# Where a case stands.
status-none = no case
status-identified = identified
status-assessed = assessed
status-planned = planned
status-in-service = in service
status-in-review = in review
status-closed = closed
status-reopened = reopened

# Values.
value-yes = yes
value-no = no
value-empty = (empty)
value-nobody = unknown person
value-and = { ", " }
value-colon = { ": " }
value-stop = { "; " }
value-times = { $text } ({ $n } times)
age-unknown = age unknown
late-days = { $n } { $n ->
    [one] day
   *[other] days
} late

# History.
made-child = registered the child
made-household = registered the household
made-member = added a family member
made-case = opened a case
made-contact = wrote down: { $kind }
made-follow-up = arranged: { $kind }
made-note = wrote a note
made-station = set up the station
made-staff = added a member of staff
made-record = made a record
dropped-record = took back: { $form }
changed-record = changed { $form }
done-follow-up = did a follow-up
rewrote = { $field } rewritten
edited = { $field }: { $old } -> { $new }
