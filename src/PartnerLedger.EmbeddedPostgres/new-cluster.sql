create role partnerledger_owner login;
create role partnerledger login;
grant partnerledger to partnerledger_owner;
create database partnerledger owner partnerledger_owner;
revoke all on database partnerledger from public;
grant connect on database partnerledger to partnerledger;
